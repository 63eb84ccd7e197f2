package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

const retention = 50

// settled is a job of three batches that is done and paid, with the parameters that a test of pruning wants.
func settled(t *testing.T, prunesPerBlock uint32) (*fixture, types.Job) {
	t.Helper()
	f := newFixture(t)
	f.params(func(p *types.Params) { p.RetentionBlocks, p.PrunesPerBlock = retention, prunesPerBlock })
	f.worker("wendy", 500_000)
	return f, f.run(f.module(1_000))
}

// run submits a job and does all of it.
func (f *fixture) run(module []byte) types.Job {
	f.Helper()
	job := f.submit(f.spec(module))
	f.endBlock()
	for index := range job.Batches {
		f.commit(f.batch(job.Id, index))
	}
	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	for index := range job.Batches {
		f.open(f.batch(job.Id, index))
		f.acceptBatch(f.batch(job.Id, index))
	}
	job = f.job(job.Id)
	require.Equal(f, types.JOB_STATE_SETTLED, job.State)
	return job
}

func (f *fixture) stored(job uint64) int {
	f.Helper()
	return len(must(f, f.queries.Batches, &types.QueryBatchesRequest{JobId: job}).Batches)
}

func TestPruning(t *testing.T) {
	f, job := settled(t, 2)
	f.runTo(job.SettledHeight + retention)
	require.Equal(t, 3, f.stored(job.Id), "kept to the last block of the retention")
	require.Equal(t, job, f.job(job.Id))
	f.forget()

	f.endBlock()
	require.Equal(t, 1, f.stored(job.Id), "two a block")
	require.Equal(t, []*types.EventBatchesPruned{{JobId: job.Id, Batches: 2}}, events[*types.EventBatchesPruned](f))
	_, _, err := f.keeper.Batch(f.ctx, job.Id, 1)
	require.ErrorIs(t, err, types.ErrBatchPruned)
	require.Equal(t, uint32(2), f.batch(job.Id, 2).Index)

	f.endBlock()
	require.Equal(t, &types.EventBatchesPruned{JobId: job.Id, FirstBatch: 2, Batches: 1, Done: true}, events[*types.EventBatchesPruned](f)[1])
	require.Zero(t, f.stored(job.Id))

	want := job
	want.PrunedBatches, want.PrunedHeight = 3, job.SettledHeight+retention+1
	require.Equal(t, want, f.job(job.Id), "the job stays, with its sums")
	f.leap(500)
	require.Equal(t, want, f.job(job.Id))
	require.Len(t, events[*types.EventBatchesPruned](f), 2)
	require.Empty(t, events[*types.EventItemFailed](f))
}

// TestPrunedBatchIsNamed has every message and query about a batch that is gone.
func TestPrunedBatchIsNamed(t *testing.T) {
	f, job := settled(t, 100)
	done := f.batch(job.Id, 1)
	compute := f.compute(done)
	commit, open, post := f.commitMsg(done, compute), f.openMsg(done, compute), f.postMsg(done, 5)
	f.runTo(job.SettledHeight + retention + 1)

	_, err := send(f, f.queries.Batch, &types.QueryBatchRequest{JobId: job.Id, Batch: 1})
	require.Equal(t, codes.NotFound, status.Code(err))
	require.Contains(t, err.Error(), "job 1 ended at height 7 and its first 3 batches left the state until height 57")
	require.Contains(t, err.Error(), types.ErrBatchPruned.Error())
	_, err = send(f, f.queries.Batch, &types.QueryBatchRequest{JobId: job.Id, Batch: 3})
	require.Contains(t, err.Error(), "job 1 has 3 batches, no batch 3")

	operator := f.named("wendy-op")
	refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: operator, JobId: job.Id, Batch: 1}, types.ErrBatchPruned)
	refused(t, f, f.msgs.Commit, commit, types.ErrBatchPruned)
	refused(t, f, f.msgs.Open, open, types.ErrBatchPruned)
	refused(t, f, f.msgs.PostOutput, post, types.ErrBatchPruned)
	refused(t, f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{
		Operator: operator, JobId: job.Id, Batch: 1, Unit: 5,
	}, types.ErrBatchPruned)
	// those of the requester are refused for the job
	refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: f.named("alice"), JobId: job.Id, Batch: 1}, types.ErrJobClosed)
	refused(t, f, f.msgs.DemandOutput, f.demandMsg(done, 5), types.ErrJobClosed)
	must(f, f.msgs.RemoveModule, &types.MsgRemoveModule{Author: f.named("author"), ModuleId: job.Spec.ModuleId})
}

// TestPruningTakesTurns has more jobs than a block prunes: the oldest first, one that fails in nobody's way.
func TestPruningTakesTurns(t *testing.T) {
	f, first := settled(t, 4)
	module := first.Spec.ModuleId
	second, third := f.run(module), f.run(module)
	first.Paid = first.Paid.AddRaw(1)
	f.store(first)
	f.broken = true

	f.params(func(p *types.Params) { p.RetentionBlocks = 1 }) // counts for jobs that are over, too
	f.forget()
	f.endBlock()
	require.Len(t, events[*types.EventItemFailed](f), 1)
	require.Contains(t, events[*types.EventItemFailed](f)[0].Item, "pruning of job 1")
	require.Zero(t, f.stored(second.Id))
	require.Equal(t, 3, f.stored(third.Id))
	f.endBlock()
	require.Zero(t, f.stored(third.Id))
}

// TestPruningDoesNotWaitForDeadlines has a backlog of deadlines that fills its own bound for a while.
func TestPruningDoesNotWaitForDeadlines(t *testing.T) {
	f, job := settled(t, 1)
	f.params(func(p *types.Params) { p.DeadlinesPerBlock = 1 })
	spec := f.spec(job.Spec.ModuleId)
	spec.Units, spec.BatchSize, spec.Deadline = 40, 1, job.SettledHeight+retention-2
	waiting := f.submit(spec)
	f.runTo(job.SettledHeight + retention + 4)
	require.Zero(t, f.stored(job.Id))
	require.False(t, f.job(waiting.Id).Closed(), "deadlines are behind")
}

// TestPruningOfJobsWithoutBatches has jobs of which nothing, or only a part, was ever drawn.
func TestPruningOfJobsWithoutBatches(t *testing.T) {
	f := newFixture(t)
	f.params(func(p *types.Params) { p.RetentionBlocks = 5 })
	module := f.module(0)
	never := f.submit(f.spec(module))
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: never.Id})
	f.endBlock()
	require.Equal(t, types.JOB_STATE_EXPIRED, f.job(never.Id).State)

	f.worker("wendy", 500_000)
	f.params(func(p *types.Params) { p.DrawsPerBlock = 1 })
	partly := f.submit(f.spec(module))
	f.endBlock()
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: partly.Id})
	f.forget()
	f.leap(100)
	require.Equal(t, []*types.EventBatchesPruned{{JobId: partly.Id, Batches: 1, Done: true}}, events[*types.EventBatchesPruned](f))
	require.Zero(t, f.job(never.Id).PrunedBatches)
	_, _, err := f.keeper.Batch(f.ctx, partly.Id, 1)
	require.ErrorIs(t, err, types.ErrUnknownBatch)
	_, _, err = f.keeper.Batch(f.ctx, never.Id, 0)
	require.ErrorIs(t, err, types.ErrUnknownBatch)
}
