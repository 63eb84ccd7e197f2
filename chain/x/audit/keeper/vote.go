package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// CommitVote binds the validator that an account operates to a vote. Its power is what was snapshotted: whoever unbonds or is
// jailed later keeps its vote.
func (k Keeper) CommitVote(ctx context.Context, operator sdk.AccAddress, msg *types.MsgCommitVote) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	d, v, err := k.voteOf(ctx, operator, msg.DisputeId)
	if err != nil {
		return err
	}
	d, v, err = d.Commit(v, msg.Hash, height(ctx), params.CommitGraceBlocks)
	if err != nil {
		return err
	}
	if err := k.setVote(ctx, operator, d, v); err != nil {
		return err
	}
	return emit(ctx, &types.EventVoteCommitted{DisputeId: d.Id, Validator: v.Validator, Power: v.Power, Hash: v.Hash})
}

// RevealVote shows the vote that the validator that an account operates is bound to.
func (k Keeper) RevealVote(ctx context.Context, operator sdk.AccAddress, msg *types.MsgRevealVote) error {
	d, v, err := k.voteOf(ctx, operator, msg.DisputeId)
	if err != nil {
		return err
	}
	validator, err := protocol.AccountFromBytes(operator)
	if err != nil {
		return types.ErrInvalidAddress.Wrap(err.Error())
	}
	d, v, err = d.Reveal(v, validator, msg, height(ctx))
	if err != nil {
		return err
	}
	if err := k.setVote(ctx, operator, d, v); err != nil {
		return err
	}
	return emit(ctx, &types.EventVoteRevealed{DisputeId: d.Id, Validator: v.Validator, Power: v.Power, Leaf: *v.Leaf})
}

// voteOf returns a dispute and what a validator has to vote with in it, or ErrUnknownDispute, ErrNotStarted or ErrNoPower.
func (k Keeper) voteOf(ctx context.Context, operator sdk.AccAddress, id uint64) (types.Dispute, types.Vote, error) {
	d, err := k.Dispute(ctx, id)
	if err != nil {
		return d, types.Vote{}, err
	}
	if !d.Started() {
		return d, types.Vote{}, types.ErrNotStarted.Wrap(d.Label())
	}
	v, err := k.votes.Get(ctx, collections.Join(id, []byte(operator)))
	if errors.Is(err, collections.ErrNotFound) {
		return d, v, types.ErrNoPower.Wrapf("%s: nothing was bonded to a validator of %X at height %d", d.Label(), []byte(operator), d.StartedHeight)
	}
	return d, v, err
}

func (k Keeper) setVote(ctx context.Context, operator sdk.AccAddress, d types.Dispute, v types.Vote) error {
	return errors.Join(k.disputes.Set(ctx, d.Id, d), k.votes.Set(ctx, collections.Join(d.Id, []byte(operator)), v))
}
