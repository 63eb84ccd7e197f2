package keeper

import (
	"context"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// IsDuty tells whether a message does what the chain waits for from its signer under a deadline: the holder of a batch takes
// its offer, commits, reports a missing input, or opens, which the drawn referees may do too. Only so many can be true at once as there are batches, so nodes
// let these messages go first.
func (k Keeper) IsDuty(ctx context.Context, msg sdk.Msg) bool {
	switch m := msg.(type) {
	case *types.MsgAcceptOffer:
		return k.awaits(ctx, m.Operator, m.JobId, m.Batch, m.Epoch, types.BATCH_STATE_OFFERED)
	case *types.MsgCommit:
		return k.awaits(ctx, m.Operator, m.JobId, m.Batch, m.Epoch, types.BATCH_STATE_OFFERED, types.BATCH_STATE_LEASED)
	case *types.MsgReportMissingInput:
		return k.awaits(ctx, m.Operator, m.JobId, m.Batch, m.Epoch, types.BATCH_STATE_LEASED)
	case *types.MsgOpen:
		return k.mayOpen(ctx, m)
	}
	return false
}

// mayOpen tells whether the holder of a batch opens it, or a referee that was drawn with its lease.
func (k Keeper) mayOpen(ctx context.Context, m *types.MsgOpen) bool {
	batch, ok := k.waiting(ctx, m.JobId, m.Batch, m.Epoch, types.BATCH_STATE_OPENING)
	return ok && (slices.Contains(batch.Lease.Openers, m.Opener) || k.serves(ctx, m.Opener, batch))
}

// awaits tells whether a batch is in one of the states, held by the worker that an operator serves.
func (k Keeper) awaits(ctx context.Context, operator string, job uint64, index, epoch uint32, states ...types.BatchState) bool {
	batch, ok := k.waiting(ctx, job, index, epoch, states...)
	return ok && k.serves(ctx, operator, batch)
}

// waiting is a batch in one of the states, ok unless it is in another.
func (k Keeper) waiting(
	ctx context.Context, job uint64, index, epoch uint32, states ...types.BatchState,
) (batch types.Batch, ok bool) {
	_, batch, err := k.Batch(ctx, job, index)
	return batch, err == nil && batch.Epoch == epoch && slices.Contains(states, batch.State)
}

func (k Keeper) serves(ctx context.Context, operator string, batch types.Batch) bool {
	account, err := k.account(operator)
	if err != nil {
		return false
	}
	worker, err := k.workers.ByOperator(ctx, account)
	return err == nil && batch.Holder() == worker.Owner
}
