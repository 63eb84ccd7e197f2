package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// AcceptOffer turns an offer into a lease and locks its bond.
func (k Keeper) AcceptOffer(ctx context.Context, operator sdk.AccAddress, msg *types.MsgAcceptOffer) error {
	job, batch, err := k.Batch(ctx, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	worker, err := k.workers.ByOperator(ctx, operator)
	if err != nil {
		return err
	}
	if err := offerStands(ctx, job, batch, worker); err != nil {
		return err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return err
	}
	_, err = k.step(ctx, &job, batch, types.OfferAccepted{At: at, Worker: worker.Owner, Epoch: msg.Epoch})
	return err
}

// offerStands refuses to take up the offer of a job that is over, even where the end has not reached the batch yet, and
// refuses a worker that was jailed after the draw.
func offerStands(ctx context.Context, job types.Job, batch types.Batch, worker workertypes.Worker) error {
	if batch.State != types.BATCH_STATE_OFFERED {
		return nil
	}
	if job.Over(height(ctx)) {
		return types.ErrJobClosed.Wrapf("job %d was cancelled or is past its deadline %d", job.Id, job.Spec.Deadline)
	}
	return worker.CheckFit()
}
