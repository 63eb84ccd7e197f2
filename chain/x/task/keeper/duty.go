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
		return k.awaits(ctx, m.Opener, m.JobId, m.Batch, m.Epoch, types.BATCH_STATE_OPENING) || k.drawnToOpen(ctx, m)
	}
	return false
}

// drawnToOpen tells whether a referee opens a batch for whose lease it was drawn.
func (k Keeper) drawnToOpen(ctx context.Context, m *types.MsgOpen) bool {
	_, batch, err := k.Batch(ctx, m.JobId, m.Batch)
	return err == nil && batch.Epoch == m.Epoch && batch.State == types.BATCH_STATE_OPENING && slices.Contains(batch.Lease.Openers, m.Opener)
}

// awaits tells whether a batch is in one of the states, held by the worker that an operator serves.
func (k Keeper) awaits(ctx context.Context, operator string, job uint64, index, epoch uint32, states ...types.BatchState) bool {
	account, err := k.account(operator)
	if err != nil {
		return false
	}
	worker, err := k.workers.ByOperator(ctx, account)
	if err != nil {
		return false
	}
	_, batch, err := k.Batch(ctx, job, index)
	if err != nil || batch.Epoch != epoch || batch.Holder() != worker.Owner {
		return false
	}
	return slices.Contains(states, batch.State)
}
