package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// TestDrawsAreBounded selects more batches at once than auditors are drawn for in a block, and one auditor cannot be
// given more audits than it may have to post.
func TestDrawsAreBounded(t *testing.T) {
	f := newFixture(t)
	p := types.DevnetParams()
	p.DrawsPerBlock, p.MaxOpenAudits = 2, 3
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p})
	f.worker("wendy", 1)
	f.worker("ann", 900_000)
	workerParams, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	workerParams.MaxLoad = 100
	require.NoError(t, f.workers.SetParams(f.ctx, workerParams))
	spec := f.spec()
	spec.Units, spec.BatchSize, spec.Assurance.Samples = 5, 1, 1
	job := f.submit(spec)
	f.endBlock()
	for i := range uint32(5) {
		b := f.batch(tasktypes.Batch{JobId: job.Id, Index: i})
		require.Equal(t, f.named("wendy"), b.Lease.Worker)
		f.commit(b, f.compute(b))
	}
	f.runTo(f.ctx.BlockHeight() + 10)
	require.Len(t, f.duties(f.named("ann")), 3, "no more than three at once")
	var vacant int
	for i := range uint32(5) {
		if a := f.audits(tasktypes.Batch{JobId: job.Id, Index: i})[0]; a.State == types.AUDIT_STATE_VACANT {
			vacant++
		}
	}
	require.Equal(t, 2, vacant, "nobody else could be met")
}

func TestNothingIsDrawnFromADeadSeed(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	for h := f.ctx.BlockHeight() + 1; h < f.ctx.BlockHeight()+6; h++ {
		f.beacon.dead[h] = true
	}
	f.commit(b, f.compute(b))
	f.runTo(f.ctx.BlockHeight() + 6)
	require.Equal(t, tasktypes.BATCH_STATE_COMMITTED, f.batch(b).State)
	require.Equal(t, tasktypes.BATCH_STATE_AUDIT_WAIT, f.tossed(b).State)
}

// TestAuditorsFollowTheBond has one worker with nine times the bond of another.
func TestAuditorsFollowTheBond(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	f.worker("rich", 900_000)
	f.worker("poor", 900_000)
	require.NoError(t, f.workers.Withdraw(f.ctx, f.addr("poor"), math.NewInt(bond*9/10)))
	workerParams, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	workerParams.MaxLoad = 1_000
	require.NoError(t, f.workers.SetParams(f.ctx, workerParams))
	p := types.DevnetParams()
	p.MaxOpenAudits, p.DrawsPerBlock = 1_000, 1_000
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p})
	f.params(func(p *tasktypes.Params) { p.DrawsPerBlock = 1_000 })
	const batches = 110
	spec := f.spec()
	spec.Units, spec.BatchSize, spec.Assurance.Samples = batches, 1, 1
	job := f.submit(spec)
	f.endBlock()
	for i := range uint32(batches) {
		b := f.batch(tasktypes.Batch{JobId: job.Id, Index: i})
		f.commit(b, f.compute(b))
	}
	f.runTo(f.ctx.BlockHeight() + 6)
	poor := len(f.duties(f.named("poor")))
	require.InDelta(t, batches/11, poor, 9, "one lot of eleven")
}

// TestAuditsWithinTheEscrow has a batch done over and over again, whose audits are paid each time: once too little is left
// for a further one it goes on without, and its pay is untouched.
func TestAuditsWithinTheEscrow(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 400_000)
	f.worker("ann", price)
	f.params(func(p *tasktypes.Params) { p.DemandBlocks = 1 })
	job := f.submit(f.spec())
	audited := 0
	for epoch := range uint32(4) {
		f.endBlock()
		b := f.batch(tasktypes.Batch{JobId: job.Id})
		require.Equal(t, epoch, b.Epoch)
		w := f.compute(b)
		f.commit(b, w)
		f.runTo(f.ctx.BlockHeight() + 6)
		for _, a := range f.audits(b) {
			if a.State == types.AUDIT_STATE_DRAWN {
				must(f, f.msgs.PostAudit, f.postMsg(a))
				audited++
			}
		}
		must(f, f.jobs.Open, openMsg(f, b, w))
		must(f, f.jobs.DemandOutput, &tasktypes.MsgDemandOutput{Requester: f.named("alice"), JobId: job.Id, Epoch: epoch})
		if epoch < 3 {
			f.runTo(f.batch(b).Deadline + 1)
		}
	}
	// 3,900 are set aside at first, an audit in the first round costs up to 3,100, this one 502
	require.Equal(t, 2, audited)
	left := f.job(job.Id)
	require.True(t, left.Audits.LT(math.NewInt(1_100)) && left.Earmarked.IsZero(), left)
	require.True(t, left.Remaining.GTE(math.NewInt(4_000*102/100)), "the work can be paid at the limits")
}
