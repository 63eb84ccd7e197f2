package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// CheckInvariants returns ErrInvariant for the first of the module's cheap invariants that does not hold: the money of
// its accounts, the sums of each job, and the deadline queue.
func (k Keeper) CheckInvariants(ctx context.Context) error {
	for _, check := range []func(context.Context) error{k.CheckAccounts, k.CheckJobs, k.CheckDeadlines} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}

// CheckAccounts is invariant 1: the escrow account holds what remains of all jobs, the deposit account the deposits of
// all modules and demands; more only by stray transfers.
func (k Keeper) CheckAccounts(ctx context.Context) error {
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
		if b.Demand != nil {
			deposits = deposits.Add(b.Demand.Deposit)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if err := k.checkHolds(ctx, types.EscrowAccount, escrow); err != nil {
		return err
	}
	return k.checkHolds(ctx, types.DepositAccount, deposits)
}

func (k Keeper) checkHolds(ctx context.Context, account string, owed math.Int) error {
	held := k.bank.GetBalance(ctx, k.accounts.GetModuleAddress(account), types.Denom).Amount
	if held.LT(owed) {
		return types.ErrInvariant.Wrapf("%s holds %s udmc and owes %s", account, held, owed)
	}
	return nil
}

// CheckJobs is invariant 2: what a job was funded with is where the job says, and its counters are those of its batches.
func (k Keeper) CheckJobs(ctx context.Context) error {
	return k.jobs.Walk(ctx, nil, func(id uint64, j types.Job) (bool, error) {
		if rest := j.Sums(); !rest.IsZero() || j.Remaining.IsNegative() {
			return true, types.ErrInvariant.Wrapf("job %d: %s udmc are nowhere, %s remain", id, rest, j.Remaining)
		}
		var live, final uint32
		within := collections.NewPrefixedPairRange[uint64, uint32](id)
		err := k.batches.Walk(ctx, within, func(_ batchKey, b types.Batch) (bool, error) {
			if b.Live() {
				live++
			}
			if b.State == types.BATCH_STATE_FINAL {
				final++
			}
			return false, nil
		})
		if err != nil {
			return true, err
		}
		if live != j.LiveBatches || final != j.FinalBatches || j.Undrawn()+live+final+j.EndedBatches != j.Batches {
			return true, types.ErrInvariant.Wrapf(
				"job %d counts %d live, %d final, %d ended and %d never drawn batches of %d; stored are %d live, %d final",
				id, j.LiveBatches, j.FinalBatches, j.EndedBatches, j.Undrawn(), j.Batches, live, final,
			)
		}
		if j.Closed() != j.Done() {
			return true, types.ErrInvariant.Wrapf("job %d is %s with %d batches to go", id, j.State, live+j.Undrawn())
		}
		return false, nil
	})
}

// CheckDeadlines is invariant 4: every non-terminal job and batch has exactly one entry in the deadline queue, not
// before its deadline, and every entry has an object.
func (k Keeper) CheckDeadlines(ctx context.Context) error {
	objects := 0
	expect := func(jobID uint64, slot uint32, deadline int64) error {
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
		if j.Cancelled {
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
