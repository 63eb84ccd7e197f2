package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// Open shows what was committed. Whoever holds K can open, late too while the batch is queued and not offered again.
func (k Keeper) Open(ctx context.Context, msg *types.MsgOpen) error {
	job, batch, err := k.Batch(ctx, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	openable, err := batch.Openable(msg.Epoch)
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
	event := types.Opened{At: at, Epoch: msg.Epoch, Root: root, GasTotal: msg.GasTotal, Opener: msg.Opener}
	if _, err := k.step(ctx, &job, batch, event); err != nil {
		return err
	}
	return emit(ctx, &types.EventBatchOpened{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Worker: openable.Lease.Worker, Opener: msg.Opener,
		Root: root, GasTotal: msg.GasTotal, Leaves: msg.Leaves,
	})
}
