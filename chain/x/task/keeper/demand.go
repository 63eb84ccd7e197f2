package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// AcceptBatch ends a batch's challenge window early: the requester has what it wanted.
func (k Keeper) AcceptBatch(ctx context.Context, requester sdk.AccAddress, msg *types.MsgAcceptBatch) error {
	job, batch, err := k.batchOf(ctx, requester, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return err
	}
	_, err = k.step(ctx, &job, batch, types.BatchAccepted{At: at, Epoch: msg.Epoch})
	return err
}

// DemandOutput asks for one unit's output on chain, against a deposit for whoever posts it.
func (k Keeper) DemandOutput(ctx context.Context, requester sdk.AccAddress, msg *types.MsgDemandOutput) error {
	job, batch, err := k.batchOf(ctx, requester, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	if err := inBatch(job, msg.Batch, msg.Unit); err != nil {
		return err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	at := types.At{Height: height(ctx), Terms: types.NewTerms(params, job)}
	event := types.OutputDemanded{At: at, Epoch: msg.Epoch, Unit: msg.Unit, Deposit: params.DemandDeposit}
	if _, err := k.step(ctx, &job, batch, event); err != nil {
		return err
	}
	return emit(ctx, &types.EventOutputDemanded{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Unit: msg.Unit, Deposit: params.DemandDeposit.String(),
	})
}

// PostOutput answers a demand and earns its deposit. Anyone can post.
func (k Keeper) PostOutput(ctx context.Context, msg *types.MsgPostOutput) error {
	job, batch, err := k.Batch(ctx, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	consumeGas(ctx, types.GasPerOutputByte, len(msg.Output), "posted output")
	if err := msg.Check(batch, firstUnit(job, msg.Batch)); err != nil {
		return err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return err
	}
	deposit := batch.Demand.Deposit
	if _, err := k.step(ctx, &job, batch, types.OutputPosted{At: at, Epoch: msg.Epoch, Poster: msg.Poster}); err != nil {
		return err
	}
	return emit(ctx, &types.EventOutputPosted{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Unit: msg.Leaf.Unit, Poster: msg.Poster,
		Deposit: deposit.String(),
	})
}

// batchOf returns a batch of an open job of a requester.
func (k Keeper) batchOf(
	ctx context.Context, requester sdk.AccAddress, jobID uint64, index uint32,
) (types.Job, types.Batch, error) {
	if _, err := k.jobOf(ctx, requester, jobID); err != nil {
		return types.Job{}, types.Batch{}, err
	}
	return k.Batch(ctx, jobID, index)
}
