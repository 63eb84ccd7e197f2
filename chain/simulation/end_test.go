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
	for blocks := 0; !w.over(); blocks++ {
		require.Less(w, blocks, longest, "open: %d jobs, %d lapses", len(w.state.open), len(w.state.worker.Lapses))
		w.block(0)
	}
	require.Empty(w, w.state.task.Bars)
	for _, b := range w.state.task.Batches {
		require.False(w, b.Live(), b.Label())
	}
	for _, k := range w.state.worker.Workers {
		require.True(w, k.Load == 0 && k.Locked.IsZero() && k.Reserved.IsZero(), "%+v", k)
	}
	require.True(w, w.held(tasktypes.EscrowAccount).IsZero())
	w.leave()
	for _, name := range []string{tasktypes.EscrowAccount, tasktypes.DepositAccount, workertypes.BondAccount} {
		require.True(w, w.held(name).IsZero(), "%s holds %s", name, w.held(name))
	}
	require.Empty(w, w.state.worker.Slots)
	w.checkExport()
}

func (w *world) over() bool { return len(w.state.open) == 0 && len(w.state.worker.Lapses) == 0 }

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
