package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

type msgServer struct {
	k Keeper
}

// NewMsgServer returns the module's messages over its keeper.
func NewMsgServer(k Keeper) types.MsgServer { return msgServer{k} }

func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.k.authority {
		return nil, types.ErrUnauthorized.Wrapf("%s is not the authority %s", msg.Authority, s.k.authority)
	}
	return respond(&types.MsgUpdateParamsResponse{}, s.k.UpdateParams(ctx, msg.Params))
}

func respond[R any](response *R, err error) (*R, error) {
	if err != nil {
		return nil, err
	}
	return response, nil
}
