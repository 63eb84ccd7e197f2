package app_test

import (
	"encoding/json"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"

	servertypes "github.com/cosmos/cosmos-sdk/server/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

func TestExportImportExport(t *testing.T) {
	n := apptest.New(t, 4)
	for i := range 12 {
		n.Block(i % 4)
	}
	exported := requireRoundTrip(t, n)
	require.Equal(t, int64(13), exported.Height)
	require.Len(t, exported.Validators, 4)
}

// requireRoundTrip exports the chain, imports that, exports again, and requires the same bytes.
func requireRoundTrip(t *testing.T, n *apptest.Network) servertypes.ExportedApp {
	t.Helper()
	exported, err := n.Apps[0].ExportAppStateAndValidators(false, nil, nil)
	require.NoError(t, err)

	imported := apptest.NewApp(t.TempDir())
	header := cmtproto.Header{ChainID: apptest.ChainID, Height: exported.Height, Time: n.Time}
	ctx := imported.NewContextLegacy(true, header)
	state := app.GenesisState{}
	require.NoError(t, json.Unmarshal(exported.AppState, &state))
	require.NoError(t, imported.StoreConsensusParams(ctx, exported.ConsensusParams))
	_, err = imported.ModuleManager.InitGenesis(ctx, imported.AppCodec(), state)
	require.NoError(t, err)
	again, err := imported.ModuleManager.ExportGenesis(ctx, imported.AppCodec())
	require.NoError(t, err)

	for module, raw := range state {
		require.JSONEq(t, string(raw), string(again[module]), module)
	}
	bytes, err := json.MarshalIndent(again, "", "  ")
	require.NoError(t, err)
	require.Equal(t, string(exported.AppState), string(bytes))
	return exported
}

func TestExportForZeroHeightIsRefused(t *testing.T) {
	_, err := apptest.NewApp(t.TempDir()).ExportAppStateAndValidators(true, nil, nil)
	require.ErrorIs(t, err, app.ErrZeroHeight)
}
