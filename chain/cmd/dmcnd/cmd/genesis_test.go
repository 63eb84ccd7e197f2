package cmd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/cmd"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// run executes dmcnd on a home and returns what it printed to stdout.
func run(t *testing.T, home string, args ...string) (string, error) {
	t.Helper()
	root, out := cmd.NewRootCmd(), new(bytes.Buffer)
	root.SetOut(out)
	root.SetErr(new(bytes.Buffer))
	root.SetArgs(append(args, "--home", home))
	err := svrcmd.Execute(root, "", home)
	return out.String(), err
}

func TestAGenesisMadeByHand(t *testing.T) {
	home := t.TempDir()
	for _, args := range [][]string{
		{"init", "moniker", "--chain-id", "hand-1"},
		{"keys", "add", "validator", "--keyring-backend", "test"},
		{"genesis", "add-genesis-account", "validator", "5000000000udmc", "--keyring-backend", "test"},
		{"genesis", "gentx", "validator", "1000000000udmc", "--chain-id", "hand-1", "--keyring-backend", "test"},
		{"genesis", "collect-gentxs"},
		{"genesis", "validate"},
	} {
		_, err := run(t, home, args...)
		require.NoError(t, err, args)
	}
	info, err := os.Stat(vrf.KeyFileIn(home).Path())
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	file := filepath.Join(home, "config", "genesis.json")
	genesis, err := genutiltypes.AppGenesisFromFile(file)
	require.NoError(t, err)
	require.Equal(t, app.BlockParams(), genesis.Consensus.Params.Block)

	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	without := bytes.ReplaceAll(raw, []byte("/dmcn.beacon.v1.MsgRegisterKey"), []byte("/cosmos.bank.v1beta1.MsgSend"))
	require.NotEqual(t, raw, without)
	require.NoError(t, os.WriteFile(file, without, 0o600))
	_, err = run(t, home, "genesis", "validate")
	require.Error(t, err)
}

func TestBeaconKeys(t *testing.T) {
	home := t.TempDir()
	_, err := run(t, home, "beacon", "show-key")
	require.Error(t, err)
	first, err := run(t, home, "beacon", "init-key")
	require.NoError(t, err)
	again, err := run(t, home, "beacon", "init-key")
	require.NoError(t, err)
	require.Equal(t, first, again)
	second, err := run(t, home, "beacon", "add-key")
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	shown, err := run(t, home, "beacon", "show-key")
	require.NoError(t, err)
	require.Equal(t, second, shown)
}
