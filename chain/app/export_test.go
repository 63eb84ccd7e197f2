package app_test

import (
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

func TestExportImportExport(t *testing.T) {
	n := apptest.New(t, 4)
	for i := range 12 {
		n.Block(i % 4)
	}
	exported := apptest.RequireRoundTrip(t, n.Apps[0], apptest.NewApp(t.TempDir()), n.Time)
	require.Equal(t, int64(13), exported.Height)
	require.Len(t, exported.Validators, 4)
}

func TestExportForZeroHeightIsRefused(t *testing.T) {
	_, err := apptest.NewApp(t.TempDir()).ExportAppStateAndValidators(true, nil, nil)
	require.ErrorIs(t, err, app.ErrZeroHeight)
}

// TestAnExportStartsWithAValidatorWithoutAKey has a validator whose key is still missing when the chain is exported, as
// any that was just created is. It must not keep everybody from going on.
func TestAnExportStartsWithAValidatorWithoutAKey(t *testing.T) {
	n := apptest.New(t, 4)
	forgetKey(t, n, 3)
	n.Block(3)
	n.Block(0)
	exported, err := n.Apps[0].ExportAppStateAndValidators(false, nil, nil)
	require.NoError(t, err)
	next := apptest.NewApp(n.Home(0))
	_, err = next.InitChain(&abci.RequestInitChain{
		Time: n.Time, ChainId: apptest.ChainID, ConsensusParams: &exported.ConsensusParams, InitialHeight: exported.Height,
		AppStateBytes: exported.AppState,
	})
	require.NoError(t, err)
}
