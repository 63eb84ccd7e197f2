package simulation

import (
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// longest is how many blocks everything may take to come to its end by itself.
const longest = 1_500

// end lets all deadlines pass: every job has to end by itself and no bond may stay locked. Then everybody takes back
// what is theirs, and nothing is left anywhere.
func (w *world) end() {
	w.Helper()
	w.faults.off = true
	for _, msg := range w.refills() {
		require.Zero(w, w.single(msg).Code)
	}
	for blocks := 0; !w.over(); blocks++ {
		require.Less(w, blocks, longest, "open: %d jobs, %d lapses", len(w.state.open), len(w.state.worker.Lapses))
		w.block(0)
	}
	require.Empty(w, w.state.task.Bars)
	require.Empty(w, w.state.audit.Audits)
	require.Empty(w, w.state.audit.Disputes)
	require.Empty(w, w.state.audit.Votes)
	for _, k := range w.state.worker.Workers {
		require.True(w, k.Load == 0 && k.Locked.IsZero() && k.Reserved.IsZero(), "%+v", k)
	}
	w.leave()
	for _, name := range accounts {
		require.Equal(w, w.books.stray.of(name).String(), w.held(name).String(), name)
	}
	require.Empty(w, w.state.worker.Slots)
	w.checkExport()
}

// over tells that nothing is open, held or waiting to be forgotten.
func (w *world) over() bool {
	return len(w.state.open) == 0 && len(w.state.worker.Lapses) == 0 && len(w.state.task.Batches) == 0 &&
		len(w.state.task.Withheld) == 0 && len(w.state.worker.Slashes) == 0
}

// leave lets authors and owners take back deposits and bonds.
func (w *world) leave() {
	w.Helper()
	var todo []sdk.Msg
	for _, m := range w.state.task.Modules {
		todo = append(todo, &tasktypes.MsgRemoveModule{Author: m.Module.Author, ModuleId: m.Module.Id})
	}
	for _, k := range w.state.worker.Workers {
		if k.Bond.IsPositive() {
			todo = append(todo, &workertypes.MsgWithdraw{Owner: k.Owner, Amount: k.Bond})
		}
	}
	for _, msg := range todo {
		require.Zero(w, w.single(msg).Code, "%s", msg)
	}
}
