package keeper

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

type queryServer struct{ keeper Keeper }

// NewQueryServer returns the handler of the module's queries.
func NewQueryServer(k Keeper) types.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.keeper.Params(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Seed returns the seed of a recent height.
func (s queryServer) Seed(ctx context.Context, req *types.QuerySeedRequest) (*types.QuerySeedResponse, error) {
	seed, err := s.keeper.Seed(ctx, req.Height)
	if errors.Is(err, types.ErrSeedNotFound) {
		return nil, status.Error(codes.NotFound, err.Error())
	}
	return &types.QuerySeedResponse{Seed: seed}, err
}

// Keys returns the keys of a validator.
func (s queryServer) Keys(ctx context.Context, req *types.QueryKeysRequest) (*types.QueryKeysResponse, error) {
	operator, err := sdk.ValAddressFromBech32(req.Operator)
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "operator: %v", err)
	}
	keys, err := s.keeper.Keys(ctx, operator)
	return &types.QueryKeysResponse{Keys: keys}, err
}
