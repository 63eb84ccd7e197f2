package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (s msgServer) PostAudit(context.Context, *types.MsgPostAudit) (*types.MsgPostAuditResponse, error) {
	return nil, types.ErrNotSupported
}

func (s msgServer) ShowKey(context.Context, *types.MsgShowKey) (*types.MsgShowKeyResponse, error) {
	return nil, types.ErrNotSupported
}
