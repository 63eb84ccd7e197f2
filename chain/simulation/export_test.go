package simulation

import (
	"github.com/stretchr/testify/require"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

// exportEvery is the number of blocks between two exports.
const exportEvery = 40

func consensusParams() cmtproto.ConsensusParams {
	params := cmttypes.DefaultConsensusParams()
	params.Block = app.BlockParams()
	return params.ToProto()
}

// checkExport is invariant 11.
func (w *world) checkExport() {
	w.Helper()
	apptest.RequireRoundTrip(w, w.app, w.spare, w.time)
	w.seen.exports++
}

// moveToExport goes on with a new application that starts from the export of this one.
func (w *world) moveToExport() {
	w.Helper()
	exported, err := w.app.ExportAppStateAndValidators(false, nil, nil)
	require.NoError(w, err)
	w.start(exported.AppState, exported.Height, exported.ConsensusParams)
	w.faults.watch(w.app)
	w.block(0) // before it there is no state to look at
}
