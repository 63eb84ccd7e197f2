package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

func (s queryServer) Dispute(ctx context.Context, req *types.QueryDisputeRequest) (*types.QueryDisputeResponse, error) {
	d, err := s.k.Dispute(ctx, req.DisputeId)
	if err != nil {
		return nil, notFound(err)
	}
	votes, err := s.k.votesOf(ctx, req.DisputeId)
	return respond(&types.QueryDisputeResponse{Dispute: d, Votes: votes}, err)
}

func (s queryServer) Disputes(ctx context.Context, req *types.QueryDisputesRequest) (*types.QueryDisputesResponse, error) {
	disputes, page, err := query.CollectionPaginate(ctx, s.k.queue, req.Pagination,
		func(key placeKey, _ collections.NoValue) (types.Dispute, error) { return s.k.Dispute(ctx, key.K2()) })
	return respond(&types.QueryDisputesResponse{Disputes: disputes, Pagination: page}, err)
}

func (s queryServer) Referee(ctx context.Context, req *types.QueryRefereeRequest) (*types.QueryRefereeResponse, error) {
	validator, err := s.k.validator(req.Validator)
	if err != nil {
		return nil, err
	}
	r, err := s.k.Referee(ctx, validator)
	return respond(&types.QueryRefereeResponse{Referee: r}, notFound(err))
}

func (s queryServer) Referees(ctx context.Context, req *types.QueryRefereesRequest) (*types.QueryRefereesResponse, error) {
	referees, page, err := query.CollectionPaginate(ctx, s.k.referees, req.Pagination,
		func(_ []byte, r types.Referee) (types.Referee, error) { return r, nil })
	return respond(&types.QueryRefereesResponse{Referees: referees, Pagination: page}, err)
}

func (s queryServer) ChallengeDeposit(
	ctx context.Context, req *types.QueryChallengeDepositRequest,
) (*types.QueryChallengeDepositResponse, error) {
	params, err := s.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	job, err := s.k.tasks.Job(ctx, req.JobId)
	if err != nil {
		return nil, notFound(err)
	}
	open, err := s.k.open(ctx)
	if err != nil {
		return nil, err
	}
	deposit, err := types.ChallengeDeposit(params, job, open)
	return respond(&types.QueryChallengeDepositResponse{Deposit: deposit}, err)
}

// notFound turns an error that says that something does not exist into the status that clients know it by.
func notFound(err error) error {
	if types.ErrUnknownDispute.Is(err) || types.ErrUnknownReferee.Is(err) || tasktypes.IsUnknown(err) {
		return status.Error(codes.NotFound, err.Error())
	}
	return err
}
