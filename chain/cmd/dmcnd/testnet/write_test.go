package testnet_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/viper"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/testnet"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

func options(t *testing.T) testnet.Options {
	t.Helper()
	return testnet.Options{
		Validators: 2, Output: t.TempDir(), ChainID: "net-1", BlockTime: time.Second, Devnet: true,
		Ports: testnet.Ports{RPC: 100, P2P: 200, GRPC: 300, REST: 400, Stride: 10},
	}
}

func template() *app.App {
	return app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.NewAppOptionsWithFlagHome(os.TempDir()))
}

func write(t *testing.T, options testnet.Options) error {
	t.Helper()
	return testnet.Write(t.Context(), template(), options)
}

func TestNodesHaveTheirOwnPortsAndEachOtherAsPeers(t *testing.T) {
	options := options(t)
	require.NoError(t, write(t, options))
	for i := range 2 {
		dir := filepath.Join(options.Output, fmt.Sprintf("node%d", i), "config")
		config := read(t, filepath.Join(dir, "config.toml"))
		require.Equal(t, fmt.Sprintf("tcp://127.0.0.1:%d", 100+10*i), config.GetString("rpc.laddr"))
		require.Equal(t, fmt.Sprintf("tcp://127.0.0.1:%d", 200+10*i), config.GetString("p2p.laddr"))
		require.Contains(t, config.GetString("p2p.persistent_peers"), fmt.Sprintf("@127.0.0.1:%d", 200+10*(1-i)))
		require.NotContains(t, config.GetString("p2p.persistent_peers"), fmt.Sprintf("@127.0.0.1:%d", 200+10*i))
		require.False(t, config.GetBool("p2p.pex"))
		require.Equal(t, 900*time.Millisecond, config.GetDuration("consensus.timeout_commit"))

		settings := read(t, filepath.Join(dir, "app.toml"))
		require.Equal(t, app.MinGasPrice, settings.GetString("minimum-gas-prices"))
		require.Equal(t, fmt.Sprintf("127.0.0.1:%d", 300+10*i), settings.GetString("grpc.address"))
		require.Equal(t, fmt.Sprintf("tcp://127.0.0.1:%d", 400+10*i), settings.GetString("api.address"))
	}
}

func TestAccountsAreFunded(t *testing.T) {
	options := options(t)
	address := sdk.AccAddress("account_____________").String()
	options.Accounts = filepath.Join(options.Output, "accounts.json")
	list := fmt.Sprintf(`[{"address":%[1]q,"coins":"5udmc"},{"address":%[1]q,"coins":"2udmc"}]`, address)
	require.NoError(t, os.WriteFile(options.Accounts, []byte(list), 0o600))
	require.NoError(t, write(t, options))

	var bank banktypes.GenesisState
	template().AppCodec().MustUnmarshalJSON(genesis(t, options)[banktypes.ModuleName], &bank)
	require.Len(t, bank.Balances, 3, "two operators and the account, which was listed twice")
	total := sdk.NewCoins()
	for _, balance := range bank.Balances {
		total = total.Add(balance.Coins...)
		if balance.Address == address {
			require.Equal(t, "7udmc", balance.Coins.String())
		}
	}
	require.Equal(t, total, bank.Supply)
}

func TestCoinHeightsFollowTheValidators(t *testing.T) {
	for validators, want := range map[int]uint32{1: 4, 6: 6} {
		options := options(t)
		options.Validators = validators
		require.NoError(t, write(t, options))
		var task tasktypes.GenesisState
		template().AppCodec().MustUnmarshalJSON(genesis(t, options)[tasktypes.ModuleName], &task)
		require.Equal(t, want, task.Params.CoinHeights)
	}
}

func TestWriteRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*testnet.Options)
		reason string
	}{
		"no output":      {func(o *testnet.Options) { o.Output = "" }, "--output"},
		"no validators":  {func(o *testnet.Options) { o.Validators = 0 }, "--validators is 0"},
		"too many":       {func(o *testnet.Options) { o.Validators = 65 }, "--validators is 65"},
		"no block time":  {func(o *testnet.Options) { o.BlockTime = 0 }, "--block-time"},
		"one port":       {func(o *testnet.Options) { o.Ports.Stride = 1 }, "--port-stride"},
		"no accounts":    {func(o *testnet.Options) { o.Accounts = "missing.json" }, "missing.json"},
		"empty chain id": {func(o *testnet.Options) { o.ChainID = "" }, "chain"},
	} {
		t.Run(name, func(t *testing.T) {
			options := options(t)
			output := options.Output
			c.change(&options)
			require.ErrorContains(t, write(t, options), c.reason)
			left, err := os.ReadDir(output)
			require.NoError(t, err)
			require.Empty(t, left, "nothing is left behind")
		})
	}
}

func TestWriteKeepsHomesThatExist(t *testing.T) {
	options := options(t)
	require.NoError(t, write(t, options))
	before := genesis(t, options)
	require.ErrorContains(t, write(t, options), "exists")
	require.Equal(t, before, genesis(t, options))
}

func genesis(t *testing.T, options testnet.Options) map[string]json.RawMessage {
	t.Helper()
	state, _, err := genutiltypes.GenesisStateFromGenFile(filepath.Join(options.Output, "node0", "config", "genesis.json"))
	require.NoError(t, err)
	return state
}

func read(t *testing.T, file string) *viper.Viper {
	t.Helper()
	reader := viper.New()
	reader.SetConfigFile(file)
	require.NoError(t, reader.ReadInConfig())
	return reader
}
