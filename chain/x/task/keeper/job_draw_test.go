package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// offers changes what a worker offers.
func (f *fixture) offers(name string, change func(*workertypes.Terms)) {
	f.Helper()
	w := f.registered(name)
	terms := w.Terms()
	change(&terms)
	operator, err := f.text.StringToBytes(w.Operator)
	require.NoError(f, err)
	require.NoError(f, f.workers.Update(f.ctx, f.addr(name), operator, terms))
}

// keptOut is the rule that keeps a worker from a job, which is named whether the worker is drawn or not.
func (f *fixture) keptOut(worker string, job uint64) string {
	f.Helper()
	for _, draw := range must(f, f.queries.WorkerDraws, &types.QueryWorkerDrawsRequest{Worker: f.named(worker)}).Draws {
		if draw.Job.Id == job {
			return draw.KeptOut
		}
	}
	require.Fail(f, "no such job", job)
	return ""
}

// TestDrawRules has for each rule a worker that is kept from a job by it and by nothing else: the query names the rule, nothing is drawn, and once
// the rule is lifted the same worker is drawn.
func TestDrawRules(t *testing.T) {
	other := make([]byte, workertypes.ModuleIDLength)
	for rule, c := range map[workertypes.Rule]struct {
		spec   func(*types.JobSpec)
		terms  func(*workertypes.Terms)
		lifted func(*workertypes.Terms)
	}{
		types.RulePrice:    {terms: func(t *workertypes.Terms) { t.Ask = math.NewInt(price + 1) }},
		types.RuleMemory:   {terms: func(t *workertypes.Terms) { t.Memory = workertypes.MinMemory }},
		types.RuleFeatures: {spec: func(s *types.JobSpec) { s.Features = []string{"gpu"} }, lifted: func(t *workertypes.Terms) { t.Features = []string{"gpu"} }},
		types.RuleModules:  {terms: func(t *workertypes.Terms) { t.Modules = [][]byte{other} }},
		types.RuleGasLimit: {terms: func(t *workertypes.Terms) { t.MaxGasLimit = gas - 1 }},
	} {
		t.Run(string(rule), func(t *testing.T) {
			f := newFixture(t)
			f.worker("wendy", price)
			f.offers("wendy", func(t *workertypes.Terms) { t.Memory = 128 << 20 })
			spec := f.spec(f.module(0))
			spec.Units, spec.MemoryLimit = 4, 64<<20
			if c.spec != nil {
				c.spec(&spec)
			}
			before := f.registered("wendy").Terms()
			if c.terms != nil {
				f.offers("wendy", c.terms)
			}
			job := f.submit(spec)
			require.Equal(t, string(rule), f.keptOut("wendy", job.Id))
			f.runTo(f.ctx.BlockHeight() + 3)
			require.Zero(t, f.job(job.Id).NextBatch)
			f.offers("wendy", func(t *workertypes.Terms) {
				*t = before
				if c.lifted != nil {
					c.lifted(t)
				}
			})
			require.Empty(t, f.keptOut("wendy", job.Id))
			f.endBlock()
			require.Equal(t, f.named("wendy"), f.batch(job.Id, 0).Lease.Worker)
			require.Equal(t, string(types.RuleDrawn), f.keptOut("wendy", job.Id))
		})
	}
}

// TestModuleListAndGasLimitAreExact has a worker that names the job's module among others and takes exactly its gas limit.
func TestModuleListAndGasLimitAreExact(t *testing.T) {
	f := newFixture(t)
	module := f.module(0)
	f.worker("wendy", price)
	f.offers("wendy", func(t *workertypes.Terms) {
		t.Modules, t.MaxGasLimit = [][]byte{make([]byte, workertypes.ModuleIDLength), module}, gas
	})
	job := f.submit(f.spec(module))
	require.Empty(t, f.keptOut("wendy", job.Id))
	f.endBlock()
	require.Equal(t, f.named("wendy"), f.batch(job.Id, 0).Lease.Worker)
}

// TestWorkerDraws has a worker that is barred by a lapse, by a report, and jobs with nothing to draw.
func TestWorkerDraws(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	spec := f.spec(f.module(0))
	spec.Deadline, spec.Units = f.ctx.BlockHeight()+10_000, 4
	lapsed := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(lapsed.Id, 0))
	f.beacon.dead[f.batch(lapsed.Id, 0).Deadline] = true
	f.runTo(f.batch(lapsed.Id, 0).Deadline + 1)
	require.Equal(t, string(types.RuleLapsed), f.keptOut("wendy", lapsed.Id))

	reported := f.submit(spec)
	f.endBlock()
	b := f.batch(reported.Id, 0)
	f.accept(b)
	must(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{JobId: reported.Id, Unit: 1, Operator: f.operator(b)})
	require.Equal(t, string(types.RuleReported), f.keptOut("wendy", reported.Id))

	tooDear := spec
	tooDear.GasLimit = 2_000_000_000
	dear := f.submit(tooDear)
	require.Equal(t, string(types.RuleBond), f.keptOut("wendy", dear.Id))
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{JobId: dear.Id, Requester: f.named("alice")})
	require.Equal(t, string(types.RuleEnding), f.keptOut("wendy", dear.Id))

	all := must(f, f.queries.WorkerDraws, &types.QueryWorkerDrawsRequest{Worker: f.named("wendy"), Pagination: &query.PageRequest{Limit: 2}})
	require.Len(t, all.Draws, 2)
	require.NotNil(t, all.Pagination.NextKey)
	require.Equal(t, f.job(all.Draws[0].Job.Id), all.Draws[0].Job)
	_, err := f.queries.WorkerDraws(f.ctx, &types.QueryWorkerDrawsRequest{Worker: f.named("alice")})
	require.Equal(t, codes.NotFound, status.Code(err))
}
