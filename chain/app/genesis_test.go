package app_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/testnet"
	"github.com/dmcn/dmcn/chain/internal/apptest"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

func TestAGenesisTransactionRegistersAKey(t *testing.T) {
	operator, other := sdk.ValAddress("operator____________"), sdk.ValAddress("other_______________")
	create, err := stakingtypes.NewMsgCreateValidator(
		operator.String(), ed25519.GenPrivKey().PubKey(), sdk.NewInt64Coin(app.Denom, 1),
		stakingtypes.Description{Moniker: "m"},
		stakingtypes.NewCommissionRates(math.LegacyZeroDec(), math.LegacyZeroDec(), math.LegacyZeroDec()), math.OneInt(),
	)
	require.NoError(t, err)
	key, err := vrf.GenerateKey()
	require.NoError(t, err)
	register := beacontypes.NewMsgRegisterKey(operator, key)
	stolen := beacontypes.NewMsgRegisterKey(other, key)
	stolen.Operator = operator.String()

	require.NoError(t, app.ValidateGenTx([]sdk.Msg{create, register}))
	for name, msgs := range map[string][]sdk.Msg{
		"nothing":         nil,
		"no key":          {create},
		"key alone":       {register},
		"wrong order":     {register, create},
		"two validators":  {create, create},
		"another's key":   {create, beacontypes.NewMsgRegisterKey(other, key)},
		"a stolen proof":  {create, stolen},
		"a third message": {create, register, register},
	} {
		require.Error(t, app.ValidateGenTx(msgs), name)
	}
}

func TestAGenesisWithoutAKeyIsRefused(t *testing.T) {
	home := filepath.Join(apptest.WriteHomes(t, testnet.Options{Validators: 1}), "node0")
	genesis, err := genutiltypes.AppGenesisFromFile(filepath.Join(home, "config", "genesis.json"))
	require.NoError(t, err)
	exported := exportedAfterOneBlock(t)
	state := app.GenesisState{}
	require.NoError(t, json.Unmarshal(exported, &state))
	application := apptest.NewApp(home)
	require.NoError(t, state.CheckKeys(application.AppCodec(), 2))

	var beacon beacontypes.GenesisState
	application.AppCodec().MustUnmarshalJSON(state[beacontypes.ModuleName], &beacon)
	beacon.Keys = nil
	state[beacontypes.ModuleName] = application.AppCodec().MustMarshalJSON(&beacon)
	require.ErrorIs(t, state.CheckKeys(application.AppCodec(), 2), beacontypes.ErrMissingKey)

	raw, err := json.Marshal(state)
	require.NoError(t, err)
	params := genesis.Consensus.Params.ToProto()
	_, err = application.InitChain(&abci.RequestInitChain{
		Time: genesis.GenesisTime, ChainId: apptest.ChainID, ConsensusParams: &params, InitialHeight: 2, AppStateBytes: raw,
	})
	require.ErrorIs(t, err, beacontypes.ErrMissingKey)
}

func exportedAfterOneBlock(t *testing.T) json.RawMessage {
	t.Helper()
	n := apptest.New(t, 1)
	n.Block(0)
	exported, err := n.Apps[0].ExportAppStateAndValidators(false, nil, nil)
	require.NoError(t, err)
	return exported.AppState
}
