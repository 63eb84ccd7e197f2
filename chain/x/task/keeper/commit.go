package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// Commit binds the holder of a lease, or of an offer, to its results. The state keeps the commitment and the hash of
// the outputs; sealed leaves and wrapped keys stay in the transaction.
func (k Keeper) Commit(ctx context.Context, operator sdk.AccAddress, msg *types.MsgCommit) error {
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
	if err := msg.Check(batch.Units, job.Requester, k.accounts.AddressCodec()); err != nil {
		return err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	bps, threshold, err := coinTerms(params, job, worker.Standing)
	if err != nil {
		return err
	}
	live, err := k.beacon.LiveCount(ctx)
	if err != nil {
		return err
	}
	event := types.Committed{
		At: types.At{Height: height(ctx), Terms: types.NewTerms(params, job)}, Worker: worker.Owner, Epoch: msg.Epoch, Commitment: msg.Commitment, OutputsHash: msg.OutputsHash,
		LiveCount: live, AuditBps: bps, CoinThreshold: threshold,
	}
	if _, err := k.step(ctx, &job, batch, event); err != nil {
		return err
	}
	return emit(ctx, &types.EventBatchCommitted{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Worker: worker.Owner, Commitment: msg.Commitment,
		OutputsHash: msg.OutputsHash, Locators: msg.Locators, KeyRecipients: msg.KeyRecipients(), AuditBps: bps,
	})
}
