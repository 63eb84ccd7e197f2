package keeper_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestQueries(t *testing.T) {
	f := busy(t)
	page := &query.PageRequest{Limit: 2, CountTotal: true}

	modules := must(f, f.queries.Modules, &types.QueryModulesRequest{}).Modules
	require.Len(t, modules, 1)
	id := hex.EncodeToString(modules[0].Id)
	require.Equal(t, modules[0], must(f, f.queries.Module, &types.QueryModuleRequest{Id: id}).Module)
	code := must(f, f.queries.ModuleCode, &types.QueryModuleCodeRequest{Id: id}).Code
	raw, err := types.Inflate(code)
	require.NoError(t, err)
	require.Equal(t, modules[0].Id, types.ModuleID(raw))

	jobs := must(f, f.queries.Jobs, &types.QueryJobsRequest{Pagination: page})
	require.Len(t, jobs.Jobs, 2)
	require.Equal(t, uint64(4), jobs.Pagination.Total)
	rest := must(f, f.queries.Jobs, &types.QueryJobsRequest{Pagination: &query.PageRequest{Key: jobs.Pagination.NextKey}})
	require.Len(t, rest.Jobs, 2)
	require.Equal(t, uint64(3), rest.Jobs[0].Id)
	of := &types.QueryJobsRequest{Requester: f.named("alice"), Pagination: &query.PageRequest{Reverse: true, Limit: 1}}
	require.Equal(t, uint64(4), must(f, f.queries.Jobs, of).Jobs[0].Id)
	of.Requester = f.named("bob")
	require.Empty(t, must(f, f.queries.Jobs, of).Jobs)

	batches := must(f, f.queries.Batches, &types.QueryBatchesRequest{JobId: 1, Pagination: page})
	require.Len(t, batches.Batches, 2)
	require.Equal(t, uint64(3), batches.Pagination.Total)
	require.Equal(t, batches.Batches[1], must(f, f.queries.Batch, &types.QueryBatchRequest{JobId: 1, Batch: 1}).Batch)

	held := must(f, f.queries.WorkerBatches, &types.QueryWorkerBatchesRequest{Worker: f.named("wendy"), Pagination: page})
	require.Len(t, held.Batches, 2)
	require.Equal(t, uint64(2), held.Pagination.Total)
	for _, b := range held.Batches {
		require.Equal(t, f.named("wendy"), b.Holder())
	}
	require.Empty(t, must(f, f.queries.WorkerBatches, &types.QueryWorkerBatchesRequest{Worker: f.named("bob")}).Batches)
	require.Equal(t, types.DevnetParams(), must(f, f.queries.Params, &types.QueryParamsRequest{}).Params)
}

func TestQueryEscrow(t *testing.T) {
	f := newFixture(t)
	spec := f.spec(f.module(333))
	spec.Units, spec.GasLimit = 9, 777_777
	r := must(f, f.queries.Escrow, &types.QueryEscrowRequest{Spec: spec})
	require.Equal(t, r.Escrow, r.Work.Add(r.Royalty).Add(r.Fee).Add(r.Audits))
	require.Equal(t, f.submit(spec).Funded, r.Escrow)
	spec.Units = 0
	refused(t, f, f.queries.Escrow, &types.QueryEscrowRequest{Spec: spec}, types.ErrInvalidJob)
}

func TestQueriesNotFound(t *testing.T) {
	f := newFixture(t)
	id := hex.EncodeToString(make([]byte, 32))
	code := func(_ any, err error) codes.Code { return status.Code(err) }
	require.Equal(t, codes.NotFound, code(f.queries.Module(f.ctx, &types.QueryModuleRequest{Id: id})))
	require.Equal(t, codes.NotFound, code(f.queries.ModuleCode(f.ctx, &types.QueryModuleCodeRequest{Id: id})))
	require.Equal(t, codes.NotFound, code(f.queries.Job(f.ctx, &types.QueryJobRequest{JobId: 1})))
	require.Equal(t, codes.NotFound, code(f.queries.Batch(f.ctx, &types.QueryBatchRequest{JobId: 1})))
	require.Equal(t, codes.NotFound, code(f.queries.Batches(f.ctx, &types.QueryBatchesRequest{JobId: 1})))
	require.Equal(t, codes.InvalidArgument, code(f.queries.Module(f.ctx, &types.QueryModuleRequest{Id: "xyz"})))
}
