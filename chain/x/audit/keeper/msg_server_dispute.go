package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (s msgServer) Challenge(ctx context.Context, msg *types.MsgChallenge) (*types.MsgChallengeResponse, error) {
	challenger, err := s.k.account(msg.Challenger)
	if err != nil {
		return nil, err
	}
	id, err := s.k.Challenge(ctx, challenger, msg)
	return respond(&types.MsgChallengeResponse{DisputeId: id}, err)
}

func (s msgServer) PostInput(ctx context.Context, msg *types.MsgPostInput) (*types.MsgPostInputResponse, error) {
	if _, err := s.k.account(msg.Poster); err != nil {
		return nil, err
	}
	id, err := s.k.PostInput(ctx, msg)
	return respond(&types.MsgPostInputResponse{DisputeId: id}, err)
}

func (s msgServer) RegisterReferee(
	ctx context.Context, msg *types.MsgRegisterReferee,
) (*types.MsgRegisterRefereeResponse, error) {
	operator, err := s.k.account(msg.Operator)
	if err != nil {
		return nil, err
	}
	return respond(&types.MsgRegisterRefereeResponse{}, s.k.RegisterReferee(ctx, operator, msg))
}

func (s msgServer) CommitVote(ctx context.Context, msg *types.MsgCommitVote) (*types.MsgCommitVoteResponse, error) {
	operator, err := s.k.account(msg.Operator)
	if err != nil {
		return nil, err
	}
	return respond(&types.MsgCommitVoteResponse{}, s.k.CommitVote(ctx, operator, msg))
}

func (s msgServer) RevealVote(ctx context.Context, msg *types.MsgRevealVote) (*types.MsgRevealVoteResponse, error) {
	operator, err := s.k.account(msg.Operator)
	if err != nil {
		return nil, err
	}
	return respond(&types.MsgRevealVoteResponse{}, s.k.RevealVote(ctx, operator, msg))
}
