package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// Open shows what was committed. Whoever holds K can open, late too while the batch is queued and not offered again, and
// the withheld epoch of a batch that goes on.
func (k Keeper) Open(ctx context.Context, msg *types.MsgOpen) error {
	job, batch, openable, err := k.openable(ctx, msg)
	if err != nil {
		return err
	}
	owner, err := k.account(openable.Lease.Worker)
	if err != nil {
		return err
	}
	consumeGas(ctx, types.GasPerLeaf, len(msg.Leaves), "leaves of an opening")
	root, err := msg.Verify(openable, firstUnit(job, msg.Batch), job.Spec.GasLimit, owner)
	if err != nil {
		return err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return err
	}
	var disputed []types.Leaf
	if openable.Selection != nil {
		if disputed, err = k.audits.Compare(ctx, job, openable, msg.Leaves); err != nil {
			return err
		}
	}
	event := types.Opened{
		At: at, Epoch: msg.Epoch, Root: root, GasTotal: msg.GasTotal, Opener: msg.Opener, Disputed: disputed,
	}
	if _, err := k.step(ctx, &job, batch, event); err != nil {
		return err
	}
	return emit(ctx, &types.EventBatchOpened{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Worker: openable.Lease.Worker, Opener: msg.Opener,
		Root: root, GasTotal: msg.GasTotal, Leaves: msg.Leaves,
	})
}

// openable returns the batch or withheld epoch that a message opens: as it is stored, and as it has to be opened.
func (k Keeper) openable(ctx context.Context, msg *types.MsgOpen) (job types.Job, batch, openable types.Batch, err error) {
	job, batch, err = k.Batch(ctx, msg.JobId, msg.Batch)
	if err == nil {
		if openable, err = batch.Openable(msg.Epoch); err == nil {
			return job, batch, openable, nil
		}
	}
	withheld, missing := k.withheld.Get(ctx, collections.Join3(msg.JobId, msg.Batch, msg.Epoch))
	if missing != nil {
		return job, batch, openable, err
	}
	if job, err = k.Job(ctx, msg.JobId); err != nil {
		return job, batch, openable, err
	}
	openable, err = withheld.Openable(msg.Epoch)
	return job, withheld, openable, err
}
