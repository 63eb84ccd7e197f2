package simulation

import (
	"context"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// check is what has to hold after every block; numbers are those of the protocol's invariants.
func (w *world) check(result *abci.ResponseFinalizeBlock, live bool) {
	w.Helper()
	w.seen.blocks++
	if w.state.task == nil {
		w.state = w.look()
	}
	events := w.events(result)
	w.read(events)
	w.told.read(events)
	w.state = w.look()
	require.Equal(w, live, w.books.live)
	w.checkMoney(result)
	w.checkInvariants()
	w.checkBonds()
	w.checkStates()
	w.checkTold()
	w.checkAudits()
	w.checkDisputes()
	w.checkWork()
	w.checkDraws()
	w.checkFaults()
	w.checkSupply(result)
}

// checkInvariants is 1, 2 and 4 by the modules' own checks. An account that was robbed is known to be short.
func (w *world) checkInvariants() {
	w.Helper()
	task, registry := w.app.TaskKeeper, w.app.WorkerKeeper
	if !w.short() {
		require.NoError(w, task.CheckInvariants(w.ctx()))
		require.NoError(w, registry.CheckInvariants(w.ctx()))
		require.NoError(w, w.app.AuditKeeper.CheckInvariants(w.ctx()))
		return
	}
	audit := w.app.AuditKeeper
	for _, check := range []func(context.Context) error{
		task.CheckOwed, task.CheckJobs, task.CheckDeadlines, task.CheckPruning,
		registry.CheckOwed, registry.CheckLocks, registry.CheckSlots,
		audit.CheckAuditors, audit.CheckDraws, audit.CheckAudited, audit.CheckOwed, audit.CheckDisputes, audit.CheckVotes,
		audit.CheckReferees,
	} {
		require.NoError(w, check(w.ctx()))
	}
}

// accounts are those of our modules that owe to people.
var accounts = []string{
	tasktypes.EscrowAccount, tasktypes.DepositAccount, workertypes.BondAccount, workertypes.HoldAccount, audittypes.DepositAccount,
}

// checkMoney is invariants 1 and 3 to the last coin: our accounts hold exactly what they owe and what somebody sent them
// for nothing, and what leaves them goes where the events say.
func (w *world) checkMoney(result *abci.ResponseFinalizeBlock) {
	w.Helper()
	owed := sums{}
	for _, j := range w.state.task.Jobs {
		owed.add(tasktypes.EscrowAccount, j.Remaining)
	}
	for _, m := range w.state.task.Modules {
		owed.add(tasktypes.DepositAccount, m.Module.Deposit)
	}
	for _, b := range w.state.byState[tasktypes.BATCH_STATE_DEMANDED] {
		owed.add(tasktypes.DepositAccount, b.Demand.Deposit)
	}
	for _, k := range w.state.worker.Workers {
		owed.add(workertypes.BondAccount, k.Bond)
	}
	for _, slash := range w.state.worker.Slashes {
		owed.add(workertypes.HoldAccount, slash.Amount)
	}
	for _, d := range w.state.audit.Disputes {
		owed.add(audittypes.DepositAccount, d.Deposit)
	}
	paid := map[string]map[string]string{}
	for _, name := range accounts {
		paid[name] = w.transfers(result, moduleAddress(name))
		if stolen, robbed := paid[name][w.thief.text]; robbed {
			w.books.stray.add(name, w.amount(stolen).Neg())
			delete(paid[name], w.thief.text)
			w.seen.thefts++
		}
		require.Equal(w, w.books.stray.of(name).IsNegative(), w.books.paused[name], "whether %s pays", name)
		require.Equal(w, owed.of(name).Add(w.books.stray.of(name)).String(), w.held(name).String(), name)
	}
	require.Equal(w, w.books.escrow.text(), paid[tasktypes.EscrowAccount])
	require.Equal(w, w.books.deposit.text(), paid[tasktypes.DepositAccount])
	require.Equal(w, w.books.challenges.text(), paid[audittypes.DepositAccount])
}

func (w *world) held(account string) math.Int {
	return w.app.BankKeeper.GetBalance(w.ctx(), moduleAddress(account), app.Denom).Amount
}

// checkBonds is invariant 5 for each worker: its locked bond is that of its leases, lapses, audits and withheld batches,
// its reserved bond that of its offers, its load their number.
func (w *world) checkBonds() {
	w.Helper()
	locked, reserved, load := sums{}, sums{}, map[string]uint32{}
	for _, l := range w.state.worker.Lapses {
		locked.add(l.Owner, l.Amount)
	}
	for _, a := range w.state.audit.Audits {
		if a.Posted() {
			locked.add(a.Auditor, a.Deposit)
		}
	}
	for _, b := range w.state.task.Withheld {
		locked.add(b.Lease.Worker, b.Lease.Bond)
	}
	for _, b := range w.state.task.Batches {
		if b.Lease == nil {
			continue
		}
		if b.Lease.Bonded {
			locked.add(b.Lease.Worker, b.Lease.Bond)
		}
		if b.State == tasktypes.BATCH_STATE_OFFERED {
			reserved.add(b.Lease.Worker, b.Lease.Bond)
		}
		if b.State == tasktypes.BATCH_STATE_OFFERED || b.State == tasktypes.BATCH_STATE_LEASED {
			load[b.Lease.Worker]++
		}
	}
	for _, k := range w.state.worker.Workers {
		require.Equal(w, locked.of(k.Owner).String(), k.Locked.String(), "locked bond of %s", k.Owner)
		require.Equal(w, reserved.of(k.Owner).String(), k.Reserved.String(), "reserved bond of %s", k.Owner)
		require.Equal(w, load[k.Owner], k.Load, "load of %s", k.Owner)
	}
}

// checkStates is the other half of invariant 8: no batch stands where its events did not lead it.
func (w *world) checkStates() {
	w.Helper()
	for _, b := range w.state.task.Batches {
		entry := w.books.batches[batchID{b.JobId, b.Index}]
		require.Equal(w, entry.state, b.State, b.Label())
		require.Equal(w, entry.epoch, b.Epoch, b.Label())
		require.Equal(w, entry.deadline, b.Deadline, b.Label())
		require.Equal(w, b.State == tasktypes.BATCH_STATE_FINAL, w.books.paid[batchID{b.JobId, b.Index}], b.Label())
	}
	require.Len(w, w.state.task.Batches, len(w.books.batches))
	for _, b := range w.state.task.Withheld {
		entry := w.books.withheld[epochID{batchID{b.JobId, b.Index}, b.Epoch}]
		require.Equal(w, entry.state, b.State, b.Label())
		require.Equal(w, entry.deadline, b.Deadline, b.Label())
	}
	require.Len(w, w.state.task.Withheld, len(w.books.withheld))
}

// checkWork is invariant 9: the work at the end of a block is bounded, whatever waits.
func (w *world) checkWork() {
	w.Helper()
	params := w.state.task.Params
	require.LessOrEqual(w, len(w.books.drawn), int(params.DrawsPerBlock))
	require.LessOrEqual(w, w.books.deadlines, int(params.DeadlinesPerBlock))
	require.LessOrEqual(w, w.books.pruned, params.PrunesPerBlock)
	require.LessOrEqual(w, w.books.auditorsDrawn, int(w.state.audit.Params.DrawsPerBlock))
	require.LessOrEqual(w, w.books.moved, int(w.state.audit.Params.DisputesPerBlock))
	require.False(w, w.books.auditorsDrawn > 0 && !w.books.live, "auditors drawn from a seed that is not live")
}

// checkDraws looks whether those who were drawn fit, and that nothing is drawn where there is no randomness.
func (w *world) checkDraws() {
	w.Helper()
	require.False(w, len(w.books.drawn) > 0 && !w.books.live, "drawn from a seed that is not live")
	params := w.state.worker.Params
	for _, b := range w.state.byState[tasktypes.BATCH_STATE_OFFERED] {
		if !slices.Contains(w.books.drawn, batchID{b.JobId, b.Index}) {
			continue
		}
		job, k := w.state.jobs[b.JobId], w.state.workers[b.Lease.Worker]
		require.Equal(w, tasktypes.JOB_STATE_OPEN, job.State, b.Label())
		require.False(w, job.Cancelled || w.height >= job.Spec.Deadline, b.Label())
		if w.books.slashed[k.Owner] {
			continue
		}
		require.Equal(w, workertypes.WORKER_STATUS_ACTIVE, k.Status, b.Label())
		require.True(w, k.Ask.LTE(job.Spec.MaxPrice) && k.Ask.Equal(b.Lease.Ask), b.Label())
		require.GreaterOrEqual(w, k.Memory, job.Spec.MemoryLimit, b.Label())
		require.LessOrEqual(w, k.Load, params.MaxLoad, b.Label())
		most := k.Bond.MulRaw(int64(params.LeaseLockBps)).QuoRaw(workertypes.BasisPoints)
		require.True(w, k.Locked.Add(k.Reserved).LTE(most), b.Label())
		for _, f := range job.Spec.Features {
			require.Contains(w, k.Features, f, b.Label())
		}
		if len(k.Modules) > 0 {
			require.Contains(w, k.Modules, job.Spec.ModuleId, b.Label())
		}
		require.True(w, k.MaxGasLimit == 0 || job.Spec.GasLimit <= k.MaxGasLimit, b.Label())
		require.NotContains(w, w.state.task.Bars, tasktypes.Bar{JobId: b.JobId, Owner: k.Owner}, b.Label())
	}
}

// checkFaults is invariant 10: each fault undoes one item, which an event tells, and nothing else ever fails. That
// nothing of the item was kept is what the other checks find.
func (w *world) checkFaults() {
	w.Helper()
	require.Len(w, w.books.failed, w.faults.hits, "%v", w.books.failed)
	for _, f := range w.books.failed {
		require.Contains(w, f.Error, sabotage, f.Item)
		require.Regexp(w, "^(deadline of job|verdict of dispute)", f.Item, f.Error)
	}
	w.seen.faults += w.faults.hits
}

// checkSupply is invariant 12.
func (w *world) checkSupply(result *abci.ResponseFinalizeBlock) {
	w.Helper()
	w.amounts(result, banktypes.EventTypeCoinMint, func(_ map[string]string, amount math.Int) {
		w.books.supply = w.books.supply.Add(amount)
	})
	w.amounts(result, banktypes.EventTypeCoinBurn, func(_ map[string]string, amount math.Int) {
		w.books.supply = w.books.supply.Sub(amount)
	})
	require.Equal(w, w.books.supply.String(), w.app.BankKeeper.GetSupply(w.ctx(), app.Denom).Amount.String())
	sum := math.ZeroInt()
	w.app.BankKeeper.IterateAllBalances(w.ctx(), func(_ sdk.AccAddress, c sdk.Coin) bool {
		sum = sum.Add(c.Amount)
		return false
	})
	require.Equal(w, w.books.supply.String(), sum.String())
}
