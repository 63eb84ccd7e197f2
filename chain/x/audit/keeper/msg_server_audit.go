package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (s msgServer) PostAudit(ctx context.Context, msg *types.MsgPostAudit) (*types.MsgPostAuditResponse, error) {
	operator, err := s.k.account(msg.Operator)
	if err != nil {
		return nil, err
	}
	return respond(&types.MsgPostAuditResponse{}, s.k.PostAudit(ctx, operator, msg))
}

func (s msgServer) ShowKey(ctx context.Context, msg *types.MsgShowKey) (*types.MsgShowKeyResponse, error) {
	if _, err := s.k.account(msg.Signer); err != nil {
		return nil, err
	}
	return respond(&types.MsgShowKeyResponse{}, s.k.ShowKey(ctx, msg))
}
