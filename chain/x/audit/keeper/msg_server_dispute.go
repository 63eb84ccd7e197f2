package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (s msgServer) Challenge(context.Context, *types.MsgChallenge) (*types.MsgChallengeResponse, error) {
	return nil, types.ErrNotSupported
}

func (s msgServer) PostInput(context.Context, *types.MsgPostInput) (*types.MsgPostInputResponse, error) {
	return nil, types.ErrNotSupported
}

func (s msgServer) RegisterReferee(
	context.Context, *types.MsgRegisterReferee,
) (*types.MsgRegisterRefereeResponse, error) {
	return nil, types.ErrNotSupported
}

func (s msgServer) CommitVote(context.Context, *types.MsgCommitVote) (*types.MsgCommitVoteResponse, error) {
	return nil, types.ErrNotSupported
}

func (s msgServer) RevealVote(context.Context, *types.MsgRevealVote) (*types.MsgRevealVoteResponse, error) {
	return nil, types.ErrNotSupported
}
