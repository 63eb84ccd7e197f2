package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

type msgServer struct{ keeper Keeper }

var _ types.MsgServer = msgServer{}

// NewMsgServer serves the module's transactions.
func NewMsgServer(k Keeper) types.MsgServer { return msgServer{keeper: k} }

func (s msgServer) Register(ctx context.Context, msg *types.MsgRegister) (*types.MsgRegisterResponse, error) {
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	operator, err := s.keeper.address(msg.Operator)
	if err != nil {
		return nil, err
	}
	return &types.MsgRegisterResponse{}, s.keeper.Register(ctx, owner, operator, msg.Terms(), msg.Bond)
}

func (s msgServer) Update(ctx context.Context, msg *types.MsgUpdate) (*types.MsgUpdateResponse, error) {
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	operator, err := s.keeper.address(msg.Operator)
	if err != nil {
		return nil, err
	}
	return &types.MsgUpdateResponse{}, s.keeper.Update(ctx, owner, operator, msg.Terms())
}

func (s msgServer) Pause(ctx context.Context, msg *types.MsgPause) (*types.MsgPauseResponse, error) {
	signer, err := s.keeper.address(msg.Signer)
	if err != nil {
		return nil, err
	}
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	return &types.MsgPauseResponse{}, s.keeper.Pause(ctx, signer, owner)
}

func (s msgServer) Resume(ctx context.Context, msg *types.MsgResume) (*types.MsgResumeResponse, error) {
	signer, err := s.keeper.address(msg.Signer)
	if err != nil {
		return nil, err
	}
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	return &types.MsgResumeResponse{}, s.keeper.Resume(ctx, signer, owner)
}

func (s msgServer) Bond(ctx context.Context, msg *types.MsgBond) (*types.MsgBondResponse, error) {
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	return &types.MsgBondResponse{}, s.keeper.Bond(ctx, owner, msg.Amount)
}

func (s msgServer) Withdraw(ctx context.Context, msg *types.MsgWithdraw) (*types.MsgWithdrawResponse, error) {
	owner, err := s.keeper.address(msg.Owner)
	if err != nil {
		return nil, err
	}
	return &types.MsgWithdrawResponse{}, s.keeper.Withdraw(ctx, owner, msg.Amount)
}

func (s msgServer) ReverseSlash(ctx context.Context, msg *types.MsgReverseSlash) (*types.MsgReverseSlashResponse, error) {
	if err := sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, msg.Authority); err != nil {
		return nil, err
	}
	return &types.MsgReverseSlashResponse{}, s.keeper.ReverseSlash(ctx, msg.SlashId)
}

func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, msg.Authority); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.keeper.SetParams(ctx, msg.Params)
}
