package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

type msgServer struct{ Keeper }

// NewMsgServer returns the handler of the module's messages.
func NewMsgServer(k Keeper) types.MsgServer { return msgServer{k} }

// RegisterKey registers or rotates the sender's key.
func (s msgServer) RegisterKey(
	goCtx context.Context, msg *types.MsgRegisterKey,
) (*types.MsgRegisterKeyResponse, error) {
	operator, err := sdk.ValAddressFromBech32(msg.Operator)
	if err != nil {
		return nil, sdkerrors.ErrInvalidAddress.Wrapf("operator: %v", err)
	}
	if err := msg.CheckPossession(operator); err != nil {
		return nil, err
	}
	height, err := s.Keeper.RegisterKey(sdk.UnwrapSDKContext(goCtx), operator, msg.PublicKey)
	return &types.MsgRegisterKeyResponse{ActiveHeight: height}, err
}

// UpdateParams replaces the parameters.
func (s msgServer) UpdateParams(
	goCtx context.Context, msg *types.MsgUpdateParams,
) (*types.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.authority {
		return nil, types.ErrUnauthorized.Wrapf("%s is not %s", msg.Authority, s.authority)
	}
	return &types.MsgUpdateParamsResponse{}, s.setParams(sdk.UnwrapSDKContext(goCtx), msg.Params)
}
