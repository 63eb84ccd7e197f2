package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

type queryServer struct{ k Keeper }

// NewQueryServer returns the module's queries over its keeper.
func NewQueryServer(k Keeper) types.QueryServer { return queryServer{k} }

func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.k.params.Get(ctx)
	return respond(&types.QueryParamsResponse{Params: params}, err)
}

func (s queryServer) BatchAudits(
	ctx context.Context, req *types.QueryBatchAuditsRequest,
) (*types.QueryBatchAuditsResponse, error) {
	resp := &types.QueryBatchAuditsResponse{}
	within := collections.NewSuperPrefixedQuadRange[uint64, uint32, uint32, uint32](req.JobId, req.Batch)
	err := s.k.audits.Walk(ctx, within, func(_ auditKey, a types.Audit) (bool, error) {
		resp.Audits = append(resp.Audits, a)
		return false, nil
	})
	return respond(resp, err)
}

func (s queryServer) AuditorAudits(
	ctx context.Context, req *types.QueryAuditorAuditsRequest,
) (*types.QueryAuditorAuditsResponse, error) {
	owner, err := s.k.account(req.Auditor)
	if err != nil {
		return nil, err
	}
	mine := func(o *query.CollectionsPaginateOptions[auditorKey]) {
		prefix := collections.TripleSuperPrefix[[]byte, bool, auditKey](owner, req.Posted)
		o.Prefix = &prefix
	}
	audits, page, err := query.CollectionPaginate(ctx, s.k.auditors, req.Pagination,
		func(key auditorKey, _ collections.NoValue) (types.Audit, error) { return s.k.audits.Get(ctx, key.K3()) }, mine)
	return respond(&types.QueryAuditorAuditsResponse{Audits: audits, Pagination: page}, err)
}
