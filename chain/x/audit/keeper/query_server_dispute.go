package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func notSupported() error { return status.Error(codes.Unimplemented, types.ErrNotSupported.Error()) }

func (s queryServer) Dispute(context.Context, *types.QueryDisputeRequest) (*types.QueryDisputeResponse, error) {
	return nil, notSupported()
}

func (s queryServer) Disputes(context.Context, *types.QueryDisputesRequest) (*types.QueryDisputesResponse, error) {
	return nil, notSupported()
}

func (s queryServer) Referee(context.Context, *types.QueryRefereeRequest) (*types.QueryRefereeResponse, error) {
	return nil, notSupported()
}

func (s queryServer) Referees(context.Context, *types.QueryRefereesRequest) (*types.QueryRefereesResponse, error) {
	return nil, notSupported()
}

func (s queryServer) ChallengeDeposit(
	context.Context, *types.QueryChallengeDepositRequest,
) (*types.QueryChallengeDepositResponse, error) {
	return nil, notSupported()
}
