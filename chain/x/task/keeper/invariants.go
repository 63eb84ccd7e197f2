package keeper

import (
	"cmp"
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// CheckInvariants returns ErrInvariant for the first of the module's invariants that does not hold. It walks over the
// whole state; at the end of each block EndBlock checks the accounts at a constant cost.
func (k Keeper) CheckInvariants(ctx context.Context) error {
	return cmp.Or(k.CheckAccounts(ctx), k.CheckOwed(ctx), k.CheckJobs(ctx), k.CheckDeadlines(ctx), k.CheckPruning(ctx))
}

// CheckAccounts is invariant 1: the escrow account holds what remains of all jobs, the deposit account the deposits of
// all modules and demands; more only by stray transfers.
func (k Keeper) CheckAccounts(ctx context.Context) error {
	for _, p := range k.purses() {
		state, err := p.State(ctx)
		if err != nil {
			return err
		}
		if state.Short() {
			return types.ErrInvariant.Wrapf("%s holds %s udmc and owes %s", state.Account.Name, state.Held, state.Owed)
		}
	}
	return nil
}

// CheckOwed compares the running totals of what the accounts owe with the jobs, modules and demands.
func (k Keeper) CheckOwed(ctx context.Context) error {
	escrow, deposits := math.ZeroInt(), math.ZeroInt()
	err := k.jobs.Walk(ctx, nil, func(_ uint64, j types.Job) (bool, error) {
		escrow = escrow.Add(j.Remaining)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.modules.Walk(ctx, nil, func(_ []byte, m types.Module) (bool, error) {
		deposits = deposits.Add(m.Deposit)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.batches.Walk(ctx, nil, func(_ batchKey, b types.Batch) (bool, error) {
		deposits = deposits.Add(b.Deposit())
		return false, nil
	})
	if err != nil {
		return err
	}
	return cmp.Or(checkOwed(ctx, k.escrow, escrow), checkOwed(ctx, k.deposits, deposits))
}

func checkOwed(ctx context.Context, p purse.Purse, want math.Int) error {
	state, err := p.State(ctx)
	if err == nil && !state.Owed.Equal(want) {
		return types.ErrInvariant.Wrapf("%s owes %s udmc and its total says %s", state.Account.Name, want, state.Owed)
	}
	return err
}

// CheckJobs is invariant 2: what a job was funded with is where the job says, and its counters are those of its batches,
// which are stored without a gap behind those that were pruned.
func (k Keeper) CheckJobs(ctx context.Context) error {
	return k.jobs.Walk(ctx, nil, func(_ uint64, j types.Job) (bool, error) {
		err := cmp.Or(j.CheckSums(), k.checkCounters(ctx, j))
		return err != nil, err
	})
}

func (k Keeper) checkCounters(ctx context.Context, j types.Job) error {
	var live, final uint32
	next, earmarked := j.PrunedBatches, math.ZeroInt()
	within := collections.NewPrefixedPairRange[uint64, uint32](j.Id)
	err := k.batches.Walk(ctx, within, func(key batchKey, b types.Batch) (bool, error) {
		if key.K2() != next {
			return true, types.ErrInvariant.Wrapf("job %d: batch %d is stored, batch %d is not", j.Id, key.K2(), next)
		}
		next++
		if b.Live() {
			live++
		}
		earmarked = earmarked.Add(b.Earmarked())
		if b.State == types.BATCH_STATE_FINAL {
			final++
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if !earmarked.Equal(j.Earmarked) {
		return types.ErrInvariant.Wrapf("job %d sets %s udmc aside and its batches %s", j.Id, j.Earmarked, earmarked)
	}
	pruned := j.FinalBatches - final // wraps where more are stored than were counted
	if live != j.LiveBatches || pruned > j.PrunedBatches || j.Undrawn()+live+j.FinalBatches+j.EndedBatches != j.Batches {
		return types.ErrInvariant.Wrapf(
			"job %d counts %d live, %d final, %d ended, %d pruned and %d never drawn batches of %d; stored are %d live, %d final",
			j.Id, j.LiveBatches, j.FinalBatches, j.EndedBatches, j.PrunedBatches, j.Undrawn(), j.Batches, live, final,
		)
	}
	if j.PrunedBatches > 0 && !j.Closed() {
		return types.ErrInvariant.Wrapf("job %d is %s and has %d pruned batches", j.Id, j.State, j.PrunedBatches)
	}
	return k.checkClosed(ctx, j)
}

// checkClosed checks that a job is closed once all its batches are done, but for one whose refund waits at the head or the very end of
// the deadline queue, or was put off because it failed.
func (k Keeper) checkClosed(ctx context.Context, j types.Job) error {
	if j.Closed() == j.Done() {
		return nil
	}
	if j.Done() {
		at, err := k.deadlineOf.Get(ctx, collections.Join(j.Id, jobSlot))
		if err != nil || at == whenResumed || at <= height(ctx)+putOffBlocks {
			return err
		}
	}
	return types.ErrInvariant.Wrapf("job %d is %s with %d batches to go", j.Id, j.State, j.LiveBatches+j.Undrawn())
}

// CheckDeadlines is invariant 4: every non-terminal job and batch has exactly one entry in the deadline queue, not
// before its deadline, and every entry has an object.
func (k Keeper) CheckDeadlines(ctx context.Context) error {
	objects := 0
	expect := func(jobID, slot uint64, deadline int64) error {
		objects++
		at, err := k.deadlineOf.Get(ctx, collections.Join(jobID, slot))
		if err != nil {
			return types.ErrInvariant.Wrapf("job %d slot %d has no deadline: %s", jobID, slot, err)
		}
		queued, err := k.deadlines.Has(ctx, collections.Join3(at, jobID, slot))
		if err != nil {
			return err
		}
		if !queued || at < deadline {
			return types.ErrInvariant.Wrapf("job %d slot %d: deadline %d, entry at %d, queued %t", jobID, slot, deadline, at, queued)
		}
		return nil
	}
	err := k.jobs.Walk(ctx, nil, func(id uint64, j types.Job) (bool, error) {
		if j.Closed() {
			return false, nil
		}
		deadline := j.Spec.Deadline
		if j.Cancelled || j.Done() {
			deadline = 0
		}
		return false, expect(id, jobSlot, deadline)
	})
	if err != nil {
		return err
	}
	err = k.batches.Walk(ctx, nil, func(_ batchKey, b types.Batch) (bool, error) {
		if !b.Live() {
			return false, nil
		}
		return false, expect(b.JobId, batchSlot(b.Index), b.Deadline)
	})
	if err != nil {
		return err
	}
	err = k.withheld.Walk(ctx, nil, func(_ withheldKey, b types.Batch) (bool, error) {
		return false, expect(b.JobId, withheldSlot(b), b.Deadline)
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.deadlines.Walk(ctx, nil, func(deadlineKey) (bool, error) {
		entries++
		return false, nil
	})
	if err == nil && entries != objects {
		return types.ErrInvariant.Wrapf("%d entries in the deadline queue for %d objects", entries, objects)
	}
	return err
}

// CheckPruning checks that the closed jobs whose batches are stored, and no others, are in the prune queue.
func (k Keeper) CheckPruning(ctx context.Context) error {
	stored := 0
	err := k.jobs.Walk(ctx, nil, func(id uint64, j types.Job) (bool, error) {
		has, err := k.batches.Has(ctx, collections.Join(id, j.PrunedBatches))
		if err != nil || !has || !j.Closed() {
			return err != nil, err
		}
		stored++
		queued, err := k.pruneQueue.Has(ctx, collections.Join(j.SettledHeight, id))
		if err == nil && !queued {
			err = types.ErrInvariant.Wrapf("job %d ended at height %d and its batches wait for no pruning", id, j.SettledHeight)
		}
		return err != nil, err
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.pruneQueue.Walk(ctx, nil, func(pruneKey) (bool, error) {
		entries++
		return false, nil
	})
	if err == nil && entries != stored {
		return types.ErrInvariant.Wrapf("%d entries in the prune queue for %d jobs", entries, stored)
	}
	return err
}
