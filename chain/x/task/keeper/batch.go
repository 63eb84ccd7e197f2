package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// Batch returns a batch that was drawn at least once and its job, or ErrUnknownJob, ErrUnknownBatch or ErrBatchPruned.
func (k Keeper) Batch(ctx context.Context, jobID uint64, index uint32) (types.Job, types.Batch, error) {
	job, err := k.Job(ctx, jobID)
	if err != nil {
		return job, types.Batch{}, err
	}
	batch, err := k.batches.Get(ctx, collections.Join(jobID, index))
	unknown := types.ErrUnknownBatch.Wrapf("job %d batch %d was never drawn", jobID, index)
	switch {
	case index >= job.Batches:
		unknown = types.ErrUnknownBatch.Wrapf("job %d has %d batches, no batch %d", jobID, job.Batches, index)
	case index < job.PrunedBatches:
		unknown = types.ErrBatchPruned.Wrapf(
			"job %d ended at height %d and its first %d batches left the state until height %d: blocks and indexers have their history",
			jobID, job.SettledHeight, job.PrunedBatches, job.PrunedHeight,
		)
	}
	return job, batch, orUnknown(err, unknown)
}

// step moves a batch by one event: the machine decides, its effects are performed, the batch, its job and their
// indexes are stored, and the change is told. A batch that becomes queued after its job's end ends at once, one with a
// refuted leaf is forfeited at once, and a job whose last batch is done is settled.
func (k Keeper) step(ctx context.Context, job *types.Job, batch types.Batch, event types.Event) (types.Batch, error) {
	next, effects, err := batch.Next(event)
	if err != nil {
		return batch, err
	}
	p := passage{job: job, batch: batch, next: next, earmarked: batch.Earmarked()}
	for _, effect := range effects {
		if err := k.perform(ctx, &p, effect); err != nil {
			return batch, err
		}
	}
	next = next.WithEarmarked(p.earmarked)
	if batch.Detached {
		return k.stepWithheld(ctx, job, batch, next, event)
	}
	if err := k.setBatch(ctx, batch, next); err != nil {
		return batch, err
	}
	*job = job.Count(batch.State, next.State)
	if err := k.setJob(ctx, *job); err != nil {
		return batch, err
	}
	if err := emitBatchState(ctx, batch, next, event.Name()); err != nil {
		return batch, err
	}
	switch {
	case next.State == types.BATCH_STATE_FRAUD:
		return k.forfeit(ctx, job, next)
	case next.State == types.BATCH_STATE_QUEUED && job.Over(height(ctx)):
		return k.step(ctx, job, next, types.JobEnded{})
	case job.Done():
		return next, k.settle(ctx, job)
	}
	return next, nil
}

func (k Keeper) forfeit(ctx context.Context, job *types.Job, batch types.Batch) (types.Batch, error) {
	at, err := k.now(ctx, *job)
	if err != nil {
		return batch, err
	}
	return k.step(ctx, job, batch, types.FraudForfeited{At: at})
}

// setBatch stores a batch and moves its entries in the indexes.
func (k Keeper) setBatch(ctx context.Context, old, next types.Batch) error {
	if old.State.Unleased() {
		if err := k.unleased.Remove(ctx, unleasedKeyOf(old)); err != nil {
			return err
		}
	}
	if old.Tosses() {
		if err := k.committed.Remove(ctx, collections.Join(old.JobId, old.Index)); err != nil {
			return err
		}
	}
	if err := k.moveHolder(ctx, old, k.holders.Remove); err != nil {
		return err
	}
	if err := k.deposits.Owe(ctx, old.Deposit().Neg()); err != nil {
		return err
	}
	return k.addBatch(ctx, next)
}

// addBatch stores a batch with its entries in the indexes.
func (k Keeper) addBatch(ctx context.Context, b types.Batch) error {
	if err := k.batches.Set(ctx, collections.Join(b.JobId, b.Index), b); err != nil {
		return err
	}
	if b.State.Unleased() {
		if err := k.unleased.Set(ctx, unleasedKeyOf(b)); err != nil {
			return err
		}
	}
	if b.Tosses() {
		if err := k.committed.Set(ctx, collections.Join(b.JobId, b.Index)); err != nil {
			return err
		}
	}
	if err := k.moveHolder(ctx, b, k.holders.Set); err != nil {
		return err
	}
	if err := k.deposits.Owe(ctx, b.Deposit()); err != nil {
		return err
	}
	if !b.Live() {
		return k.unschedule(ctx, b.JobId, batchSlot(b.Index))
	}
	return k.schedule(ctx, b.JobId, batchSlot(b.Index), b.Deadline)
}

func (k Keeper) moveHolder(ctx context.Context, b types.Batch, move func(context.Context, holderKey) error) error {
	holder := b.Holder()
	if holder == "" {
		return nil
	}
	owner, err := k.account(holder)
	if err != nil {
		return err
	}
	return move(ctx, collections.Join3([]byte(owner), b.JobId, b.Index))
}

// firstQueued returns the first queued batch of a job; ok is false where there is none.
func (k Keeper) firstQueued(ctx context.Context, jobID uint64) (index uint32, ok bool, err error) {
	queued := collections.NewSuperPrefixedTripleRange[uint64, uint32, uint32](jobID, uint32(types.BATCH_STATE_QUEUED))
	key, ok, err := first(ctx, k.unleased, queued)
	if !ok || err != nil {
		return 0, false, err
	}
	return key.K3(), true, nil
}

func unleasedKeyOf(b types.Batch) unleasedKey {
	return collections.Join3(b.JobId, uint32(b.State), b.Index)
}

// firstUnit is the first unit of a batch.
func firstUnit(job types.Job, index uint32) uint32 { return index * job.Spec.BatchSize }

// inBatch returns ErrUnknownUnit unless a batch has the unit.
func inBatch(job types.Job, index, unit uint32) error {
	batch, _, err := protocol.LocateUnit(job.Spec.Units, job.Spec.BatchSize, unit)
	if err != nil {
		return types.ErrUnknownUnit.Wrap(err.Error())
	}
	if batch != index {
		return types.ErrUnknownUnit.Wrapf("unit %d is of batch %d, not %d", unit, batch, index)
	}
	return nil
}

func emitBatchState(ctx context.Context, old, next types.Batch, cause string) error {
	worker := next.Holder()
	if worker == "" {
		worker = old.Holder()
	}
	return emit(ctx, &types.EventBatchStateChanged{
		JobId: old.JobId, Batch: old.Index, Epoch: next.Epoch, OldState: old.State, NewState: next.State,
		Cause: cause, Deadline: next.Deadline, Units: next.Units, Worker: worker,
	})
}
