package keeper

import (
	"context"
	"crypto/sha256"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Challenge disputes a unit of an opened batch against a deposit, and returns the dispute's id.
func (k Keeper) Challenge(ctx context.Context, challenger sdk.AccAddress, msg *types.MsgChallenge) (uint64, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return 0, err
	}
	job, batch, err := k.tasks.Epoch(ctx, msg.JobId, msg.Batch, msg.Epoch)
	if err != nil {
		return 0, err
	}
	open, err := k.open(ctx)
	if err != nil {
		return 0, err
	}
	if open >= uint64(params.OpenDisputes) {
		return 0, types.ErrQueueFull.Wrapf("%d, at most %d: try again later", open, params.OpenDisputes)
	}
	least, err := types.ChallengeDeposit(params, job, open)
	if err != nil {
		return 0, err
	}
	if msg.Deposit.IsNil() || msg.Deposit.LT(least) {
		return 0, types.ErrDepositTooSmall.Wrapf("%s udmc, a challenge of job %d takes %s", msg.Deposit, job.Id, least)
	}
	consumeInput(ctx, msg.Input)
	if err := msg.Check(job, batch); err != nil {
		return 0, err
	}
	d, err := k.openDispute(ctx, newDispute(batch, msg.Leaf, msg.Input, types.Dispute{
		Cause: types.DISPUTE_CAUSE_CHALLENGE, Poster: msg.Challenger, Deposit: msg.Deposit,
	}))
	if err != nil {
		return 0, err
	}
	err = k.applyTo(ctx, d, func(at tasktypes.At) tasktypes.Event {
		return tasktypes.Challenged{At: at, Epoch: msg.Epoch, Leaf: msg.Leaf, DisputeID: d.Id}
	})
	if err != nil {
		return 0, err
	}
	return d.Id, k.takeDeposit(ctx, challenger, d.Deposit)
}

// PostInput shows the input of the unit that a batch is Disputed about, and returns the dispute's id.
func (k Keeper) PostInput(ctx context.Context, msg *types.MsgPostInput) (uint64, error) {
	job, batch, err := k.tasks.Epoch(ctx, msg.JobId, msg.Batch, msg.Epoch)
	if err != nil {
		return 0, err
	}
	consumeInput(ctx, msg.Input)
	if err := msg.Check(job, batch); err != nil {
		return 0, err
	}
	d, err := k.openDispute(ctx, newDispute(batch, batch.Disputes[0].Leaf, msg.Input, types.Dispute{
		Cause: types.DISPUTE_CAUSE_AUDIT, Poster: msg.Poster, Deposit: math.ZeroInt(),
	}))
	if err != nil {
		return 0, err
	}
	return d.Id, k.applyTo(ctx, d, func(at tasktypes.At) tasktypes.Event {
		return tasktypes.InputPosted{At: at, Epoch: msg.Epoch, DisputeID: d.Id}
	})
}

func newDispute(b tasktypes.Batch, leaf tasktypes.Leaf, input []byte, d types.Dispute) types.Dispute {
	hash := sha256.Sum256(input)
	d.JobId, d.Batch, d.Epoch, d.Leaf, d.InputHash = b.JobId, b.Index, b.Epoch, leaf, hash[:]
	return d
}

func consumeInput(ctx context.Context, input []byte) {
	sdk.UnwrapSDKContext(ctx).GasMeter().ConsumeGas(types.GasPerInputByte*uint64(len(input)), "input of a disputed unit")
}
