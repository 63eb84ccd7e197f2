package keeper

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	// maxPage bounds a page of workers.
	maxPage = 1_000
	// shownLapses bounds the lapses in an answer.
	shownLapses = 100
)

type queryServer struct{ keeper Keeper }

var _ types.QueryServer = queryServer{}

// NewQueryServer serves the module's queries.
func NewQueryServer(k Keeper) types.QueryServer { return queryServer{keeper: k} }

func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.keeper.Params(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Worker looks for an owner first, then for an operator.
func (s queryServer) Worker(ctx context.Context, req *types.QueryWorkerRequest) (*types.QueryWorkerResponse, error) {
	addr, err := s.keeper.address(req.GetAddress())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	w, err := s.keeper.Get(ctx, addr)
	if errors.Is(err, types.ErrUnknownWorker) {
		w, err = s.keeper.ByOperator(ctx, addr)
	}
	if errors.Is(err, types.ErrUnknownWorker) {
		return nil, status.Errorf(codes.NotFound, "%s neither owns nor operates a worker", req.GetAddress())
	}
	if err != nil {
		return nil, err
	}
	lapses, err := s.lapses(ctx, w.Owner)
	if err != nil {
		return nil, err
	}
	params, err := s.keeper.Params(ctx)
	if err != nil {
		return nil, err
	}
	answer := &types.QueryWorkerResponse{Worker: w, Reputation: w.Reputation(), Lapses: lapses}
	for _, rule := range w.KeptOut(params) {
		answer.KeptOut = append(answer.KeptOut, string(rule))
	}
	return answer, nil
}

func (s queryServer) Workers(ctx context.Context, req *types.QueryWorkersRequest) (*types.QueryWorkersResponse, error) {
	page := req.GetPagination()
	if page.GetLimit() > maxPage {
		return nil, status.Errorf(codes.InvalidArgument, "a page of %d workers: ask for at most %d", page.GetLimit(), maxPage)
	}
	workers, next, err := query.CollectionPaginate(ctx, s.keeper.workers, page,
		func(_ sdk.AccAddress, w types.Worker) (types.Worker, error) { return w, nil })
	return &types.QueryWorkersResponse{Workers: workers, Pagination: next}, err
}

func (s queryServer) Slash(ctx context.Context, req *types.QuerySlashRequest) (*types.QuerySlashResponse, error) {
	slash, err := s.keeper.Slash(ctx, req.GetId())
	if errors.Is(err, types.ErrUnknownSlash) {
		return nil, status.Error(codes.NotFound, err.Error())
	}
	return &types.QuerySlashResponse{Slash: slash}, err
}

func (s queryServer) Slashes(ctx context.Context, req *types.QuerySlashesRequest) (*types.QuerySlashesResponse, error) {
	if req.GetOwner() == "" {
		slashes, next, err := query.CollectionPaginate(ctx, s.keeper.slashes, req.GetPagination(),
			func(_ uint64, slash types.Slash) (types.Slash, error) { return slash, nil })
		return &types.QuerySlashesResponse{Slashes: slashes, Pagination: next}, err
	}
	owner, err := s.keeper.address(req.GetOwner())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	ofOwner := query.WithCollectionPaginationPairPrefix[sdk.AccAddress, uint64](owner)
	slashes, next, err := query.CollectionPaginate(ctx, s.keeper.slashes.Indexes.Owner, req.GetPagination(),
		func(key collections.Pair[sdk.AccAddress, uint64], _ collections.NoValue) (types.Slash, error) {
			return s.keeper.slashes.Get(ctx, key.K2())
		}, ofOwner)
	return &types.QuerySlashesResponse{Slashes: slashes, Pagination: next}, err
}

func (s queryServer) lapses(ctx context.Context, ownerText string) ([]types.Lapse, error) {
	owner, err := s.keeper.address(ownerText)
	if err != nil {
		return nil, err
	}
	var lapses []types.Lapse
	ofOwner := collections.NewPrefixedPairRange[sdk.AccAddress, uint64](owner)
	err = s.keeper.lapses.Indexes.Owner.Walk(ctx, ofOwner, func(_ sdk.AccAddress, id uint64) (bool, error) {
		lapse, err := s.keeper.lapses.Get(ctx, id)
		lapses = append(lapses, lapse)
		return len(lapses) == shownLapses, err
	})
	return lapses, err
}
