package keeper

import (
	"context"
	"encoding/hex"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

type queryServer struct{ k Keeper }

// NewQueryServer returns the module's queries over its keeper.
func NewQueryServer(k Keeper) types.QueryServer { return queryServer{k} }

func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.k.params.Get(ctx)
	return answer(&types.QueryParamsResponse{Params: params}, err)
}

func (s queryServer) Module(ctx context.Context, req *types.QueryModuleRequest) (*types.QueryModuleResponse, error) {
	id, err := moduleID(req.Id)
	if err != nil {
		return nil, err
	}
	module, err := s.k.Module(ctx, id)
	return answer(&types.QueryModuleResponse{Module: module}, err)
}

func (s queryServer) ModuleCode(
	ctx context.Context, req *types.QueryModuleCodeRequest,
) (*types.QueryModuleCodeResponse, error) {
	id, err := moduleID(req.Id)
	if err != nil {
		return nil, err
	}
	code, err := s.k.code.Get(ctx, id)
	return answer(&types.QueryModuleCodeResponse{Code: code}, orUnknown(err, types.ErrUnknownModule.Wrap(req.Id)))
}

func (s queryServer) Modules(ctx context.Context, req *types.QueryModulesRequest) (*types.QueryModulesResponse, error) {
	modules, page, err := query.CollectionPaginate(ctx, s.k.modules, req.Pagination,
		func(_ []byte, m types.Module) (types.Module, error) { return m, nil })
	return answer(&types.QueryModulesResponse{Modules: modules, Pagination: page}, err)
}

func (s queryServer) Job(ctx context.Context, req *types.QueryJobRequest) (*types.QueryJobResponse, error) {
	job, err := s.k.Job(ctx, req.JobId)
	return answer(&types.QueryJobResponse{Job: job}, err)
}

func (s queryServer) Jobs(ctx context.Context, req *types.QueryJobsRequest) (*types.QueryJobsResponse, error) {
	if req.Requester == "" {
		jobs, page, err := query.CollectionPaginate(ctx, s.k.jobs, req.Pagination,
			func(_ uint64, j types.Job) (types.Job, error) { return j, nil })
		return answer(&types.QueryJobsResponse{Jobs: jobs, Pagination: page}, err)
	}
	requester, err := s.k.account(req.Requester)
	if err != nil {
		return nil, err
	}
	jobs, page, err := query.CollectionPaginate(ctx, s.k.requesters, req.Pagination,
		func(key collections.Pair[[]byte, uint64], _ collections.NoValue) (types.Job, error) {
			return s.k.jobs.Get(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[[]byte, uint64](requester))
	return answer(&types.QueryJobsResponse{Jobs: jobs, Pagination: page}, err)
}

func (s queryServer) Batch(ctx context.Context, req *types.QueryBatchRequest) (*types.QueryBatchResponse, error) {
	_, batch, err := s.k.Batch(ctx, req.JobId, req.Batch)
	return answer(&types.QueryBatchResponse{Batch: batch}, err)
}

func (s queryServer) Batches(ctx context.Context, req *types.QueryBatchesRequest) (*types.QueryBatchesResponse, error) {
	if _, err := s.k.Job(ctx, req.JobId); err != nil {
		return answer(&types.QueryBatchesResponse{}, err)
	}
	batches, page, err := query.CollectionPaginate(ctx, s.k.batches, req.Pagination,
		func(_ batchKey, b types.Batch) (types.Batch, error) { return b, nil },
		query.WithCollectionPaginationPairPrefix[uint64, uint32](req.JobId))
	return answer(&types.QueryBatchesResponse{Batches: batches, Pagination: page}, err)
}

func (s queryServer) WithheldBatches(
	ctx context.Context, req *types.QueryWithheldBatchesRequest,
) (*types.QueryWithheldBatchesResponse, error) {
	ofJob := func(o *query.CollectionsPaginateOptions[withheldKey]) {
		if req.JobId != 0 {
			prefix := collections.TriplePrefix[uint64, uint32, uint32](req.JobId)
			o.Prefix = &prefix
		}
	}
	batches, page, err := query.CollectionPaginate(ctx, s.k.withheld, req.Pagination,
		func(_ withheldKey, b types.Batch) (types.Batch, error) { return b, nil }, ofJob)
	return answer(&types.QueryWithheldBatchesResponse{Batches: batches, Pagination: page}, err)
}

func (s queryServer) WorkerBatches(
	ctx context.Context, req *types.QueryWorkerBatchesRequest,
) (*types.QueryWorkerBatchesResponse, error) {
	owner, err := s.k.account(req.Worker)
	if err != nil {
		return nil, err
	}
	held := func(o *query.CollectionsPaginateOptions[holderKey]) {
		prefix := collections.TriplePrefix[[]byte, uint64, uint32](owner)
		o.Prefix = &prefix
	}
	batches, page, err := query.CollectionPaginate(ctx, s.k.holders, req.Pagination,
		func(key holderKey, _ collections.NoValue) (types.Batch, error) {
			return s.k.batches.Get(ctx, collections.Join(key.K2(), key.K3()))
		}, held)
	return answer(&types.QueryWorkerBatchesResponse{Batches: batches, Pagination: page}, err)
}

// WorkerDraws walks the jobs that are not over by the index of the modules that they use.
func (s queryServer) WorkerDraws(
	ctx context.Context, req *types.QueryWorkerDrawsRequest,
) (*types.QueryWorkerDrawsResponse, error) {
	owner, err := s.k.account(req.Worker)
	if err != nil {
		return nil, err
	}
	worker, err := s.k.workers.Get(ctx, owner)
	if errors.Is(err, workertypes.ErrUnknownWorker) {
		return nil, status.Errorf(codes.NotFound, "%s owns no worker", req.Worker)
	}
	if err != nil {
		return nil, err
	}
	draws, page, err := query.CollectionPaginate(ctx, s.k.pins, req.Pagination,
		func(key collections.Pair[[]byte, uint64], _ collections.NoValue) (types.JobDraw, error) {
			return s.k.jobDraw(ctx, key.K2(), owner, worker)
		})
	return answer(&types.QueryWorkerDrawsResponse{Draws: draws, Pagination: page}, err)
}

// Escrow is what a job would be funded with today. Its parts add up to it: what rounding up adds goes to the work.
func (s queryServer) Escrow(ctx context.Context, req *types.QueryEscrowRequest) (*types.QueryEscrowResponse, error) {
	params, err := s.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if err := req.Spec.Validate(params, height(ctx)); err != nil {
		return nil, err
	}
	module, err := s.k.Module(ctx, req.Spec.ModuleId)
	if err != nil {
		return nil, err
	}
	terms := req.Spec.EscrowTerms(module.RoyaltyBps, params.FeeBps, params.AuditFloor)
	escrow, err := protocol.Escrow(terms)
	if err != nil {
		return nil, types.ErrInvalidJob.Wrap(err.Error())
	}
	terms.Auditors = 0
	unaudited, err := protocol.Escrow(terms)
	if err != nil {
		return nil, types.ErrInvalidJob.Wrap(err.Error())
	}
	price := req.Spec.MaxPrice.Mul(math.NewIntFromUint64(req.Spec.GasLimit)).MulRaw(int64(req.Spec.Units))
	share := func(bps uint32) math.Int { return price.MulRaw(int64(bps)).QuoRaw(1e13) }
	royalty, fee := share(module.RoyaltyBps), share(params.FeeBps)
	return &types.QueryEscrowResponse{
		Escrow:  escrow,
		Work:    unaudited.Sub(royalty).Sub(fee),
		Royalty: royalty,
		Fee:     fee,
		Audits:  escrow.Sub(unaudited),
	}, nil
}

func moduleID(text string) ([]byte, error) {
	id, err := hex.DecodeString(text)
	if err != nil || len(id) != protocol.HashLength {
		return nil, status.Errorf(codes.InvalidArgument, "module id %q is not the hex of %d bytes", text, protocol.HashLength)
	}
	return id, nil
}

// answer gives what was not found its gRPC code, so that REST says 404.
func answer[R any](response *R, err error) (*R, error) {
	switch {
	case types.IsUnknown(err):
		return nil, status.Error(codes.NotFound, err.Error())
	case err != nil:
		return nil, err
	}
	return response, nil
}
