package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// TestStraightLineOfAnAudit follows the money of one audit from the coin to the end of its batch.
func TestStraightLineOfAnAudit(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected()
	require.Equal(t, uint32(10_000), b.Commitment.AuditBps, "a worker without standing is always audited")
	job := f.job(b.JobId)
	// ceil(1.7*2*10^6*10^6/10^9) + 500
	require.Equal(t, math.NewInt(3_400+floor), job.Earmarked)
	audits := f.audits(b)
	require.Len(t, audits, 1)
	a := audits[0]
	require.Equal(t, types.AUDIT_STATE_DRAWN, a.State)
	require.NotEqual(t, b.Lease.Worker, a.Auditor)
	require.Len(t, a.Units, 2)
	require.Equal(t, b.Deadline, a.Deadline)
	require.Equal(t, []types.Audit{a}, f.duties(a.Auditor))

	must(f, f.msgs.PostAudit, f.postMsg(a))
	require.Empty(t, f.duties(a.Auditor))
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, f.batch(b).State)
	// ceil(13*2*10^6*10^6/10^9) + 10*500
	require.Equal(t, math.NewInt(26_000+10*floor), f.registered(a.Auditor).Locked)
	require.Equal(t, uint32(5_313), f.registered(a.Auditor).Availability)

	before := f.balance(a.Auditor)
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	verified := uint64(2_000 + a.Units[0] + a.Units[1])
	fee, err := protocol.AuditFee(0, verified, a.Ask, math.NewInt(price), math.NewInt(floor))
	require.NoError(t, err)
	require.Equal(t, fee.Int64(), f.balance(a.Auditor)-before)
	require.Equal(t, fee, f.job(b.JobId).Audits)
	require.True(t, f.job(b.JobId).Earmarked.IsZero())
	require.False(t, f.registered(a.Auditor).Locked.IsZero(), "the deposit stays until Final")
	require.Zero(t, f.registered(b.Lease.Worker).Standing)

	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId, Batch: b.Index})
	require.True(t, f.registered(a.Auditor).Locked.IsZero())
	require.Equal(t, uint64(1), f.registered(b.Lease.Worker).Standing)
	require.Empty(t, f.audits(b))
}

func TestStandingDecidesTheCoin(t *testing.T) {
	f := newFixture(t)
	f.params(func(p *tasktypes.Params) { p.StandingAudits = 0 })
	b := f.offered()
	b = f.commit(b, f.compute(b))
	require.Equal(t, uint32(2_000), b.Commitment.AuditBps)
	threshold, err := protocol.CoinThreshold(2_000, 4)
	require.NoError(t, err)
	require.Equal(t, threshold, b.Commitment.CoinThreshold)
}

// TestCoinsComeAsOftenAsTheyShould commits many batches of a job with an audit rate of one half.
func TestCoinsComeAsOftenAsTheyShould(t *testing.T) {
	f := newFixture(t)
	f.params(func(p *tasktypes.Params) {
		p.StandingAudits, p.DrawsPerBlock, p.CoinsPerBlock, p.OpenBlocks = 0, 200, 7, 10_000
	})
	const batches = 100
	f.worker("wendy", 1)
	workerParams, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	workerParams.MaxLoad = 1_000
	require.NoError(t, f.workers.SetParams(f.ctx, workerParams))
	spec := f.spec()
	spec.Units, spec.BatchSize, spec.Assurance = batches, 1, tasktypes.Assurance{AuditBps: 5_000, Auditors: 1, Samples: 1}
	job := f.submit(spec)
	f.endBlock()
	for i := range uint32(batches) {
		b := f.batch(tasktypes.Batch{JobId: job.Id, Index: i})
		f.commit(b, f.compute(b))
	}
	f.forget()
	f.runTo(f.ctx.BlockHeight() + 60)
	hits := len(events[*tasktypes.EventBatchSelected](f))
	require.InDelta(t, batches/2, hits, 15, "seven coins a block: the backlog changes none")
	for i := range uint32(batches) {
		b := f.batch(tasktypes.Batch{JobId: job.Id, Index: i})
		require.NotEqual(t, tasktypes.BATCH_STATE_COMMITTED, b.State)
		require.Equal(t, b.Selection != nil, hitsBy(t, f, b), "the coin is what anybody can compute")
	}
}

// hitsBy tosses a batch's coins again.
func hitsBy(t *testing.T, f *fixture, b tasktypes.Batch) bool {
	t.Helper()
	if b.Commitment == nil {
		return false
	}
	for h := b.Commitment.Height + 1; f.beacon.counts[h] <= b.Commitment.LiveTarget; h++ {
		seed, _, _, _ := f.beacon.SeedOf(f.ctx, h)
		hash, err := protocol.HashFromBytes(seed)
		require.NoError(t, err)
		id := protocol.RandomID{Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
		if protocol.CoinHits(protocol.Random(hash, protocol.PurposeCoin, id), b.Commitment.CoinThreshold) {
			return true
		}
	}
	return false
}

func TestAuditorsTakeDisjointSamples(t *testing.T) {
	f := newFixture(t)
	f.worker("amy", 500_000)
	b, _ := f.selected(func(s *tasktypes.JobSpec) { s.Assurance.Auditors, s.Assurance.Samples = 3, 1 })
	seen, auditors := map[uint32]bool{}, map[string]bool{}
	for _, a := range f.audits(b) {
		seen[a.Units[0]], auditors[a.Auditor] = true, true
	}
	require.Len(t, seen, 3)
	require.Len(t, auditors, 3)
	require.NotContains(t, auditors, b.Lease.Worker)
}

func TestNoAuditorExists(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 400_000)
	job := f.submit(f.spec())
	f.endBlock()
	b := f.batch(tasktypes.Batch{JobId: job.Id})
	w := f.compute(b)
	f.commit(b, w)
	b = f.tossed(b)
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, b.State, "the draw met everyone")
	require.Equal(t, types.AUDIT_STATE_VACANT, f.audits(b)[0].State)
	must(f, f.jobs.Open, openMsg(f, b, w))
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	require.Zero(t, f.registered(f.named("wendy")).Standing, "what nobody audited earns no standing")
	require.True(t, f.job(job.Id).Earmarked.IsZero())
}

// TestAuditorsOfRequesterAndWorkerAreNotDrawn has the requester own one of the two other workers.
func TestAuditorsOfRequesterAndWorkerAreNotDrawn(t *testing.T) {
	for seed := range int64(8) {
		f := newFixture(t)
		f.runTo(1 + seed)
		f.worker("wendy", 400_000)
		f.worker("alice", 900_000)
		f.worker("ann", 900_000)
		job := f.submit(f.spec())
		f.endBlock()
		b := f.batch(tasktypes.Batch{JobId: job.Id})
		require.Equal(t, f.named("wendy"), b.Lease.Worker)
		f.commit(b, f.compute(b))
		f.tossed(b)
		require.Equal(t, f.named("ann"), f.audits(b)[0].Auditor)
	}
}

// TestRoundsOfAbsentAuditors lets every auditor be absent: others come for a rising fee, then the batch goes on.
func TestRoundsOfAbsentAuditors(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected()
	first := f.audits(b)[0]
	f.runTo(b.Deadline + 1)
	require.Less(t, f.registered(first.Auditor).Availability, uint32(5_000))
	refused(f, f.msgs.PostAudit, f.postMsg(first), types.ErrNotAuditor)
	second := f.audits(b)[0]
	require.Equal(t, uint32(1), second.Round)
	require.Equal(t, types.AUDIT_STATE_DRAWN, second.State)
	require.NotEqual(t, first.Auditor, second.Auditor)
	require.Equal(t, first.Units, second.Units, "the place keeps its samples")

	before := f.balance(second.Auditor)
	must(f, f.msgs.PostAudit, f.postMsg(second))
	must(f, f.jobs.Open, openMsg(f, b, w))
	verified := uint64(2_000 + second.Units[0] + second.Units[1])
	fee, err := protocol.AuditFee(1, verified, second.Ask, math.NewInt(price), math.NewInt(floor))
	require.NoError(t, err)
	require.Equal(t, fee.Int64(), f.balance(second.Auditor)-before, "1.4 times the ask")
}

func TestAllRoundsPass(t *testing.T) {
	f := newFixture(t)
	for _, name := range []string{"a1", "a2", "a3", "a4", "a5", "a6", "a7"} {
		f.worker(name, 700_000)
	}
	b, w := f.selected()
	for round := range uint32(5) {
		b = f.batch(b)
		require.Equal(t, tasktypes.BATCH_STATE_AUDIT_WAIT, b.State)
		require.Equal(t, round, b.Selection.Round)
		f.runTo(b.Deadline + 1)
	}
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, b.State)
	last := f.audits(b)[0].Auditor
	auditor, worker := f.balance(last), f.balance(b.Lease.Worker)
	f.forget()
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	require.True(t, f.job(b.JobId).Earmarked.IsZero())
	fee, err := protocol.AuditFee(4, 2*gas, math.NewInt(price), math.NewInt(price), math.NewInt(floor))
	require.NoError(t, err)
	require.Equal(t, fee, f.job(b.JobId).Audits)
	require.Equal(t, fee.Int64(), f.balance(b.Lease.Worker)-worker, "whoever keeps auditors from their inputs saves nothing")
	require.Equal(t, auditor, f.balance(last))
	paid := events[*types.EventAuditPaid](f)
	require.Len(t, paid, 1)
	require.Equal(t, b.Lease.Worker, paid[0].Auditor)
}

// TestAuditsThatDiffer has a wrong audit and no input: the batch goes on, the auditor gets its deposit back and no fee.
func TestAuditsThatDiffer(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening(0, 1, 2, 3)
	a := f.audits(b)[0]
	must(f, f.jobs.Open, openMsg(f, b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, b.State)
	require.Len(t, b.Disputes, 2)
	require.Less(t, b.Disputes[0].Leaf.Unit, b.Disputes[1].Leaf.Unit)
	require.ElementsMatch(t, a.Units, f.audits(b)[0].Differing)
	before := f.balance(a.Auditor)
	f.runTo(b.Deadline + 1)
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, b.State, "the next differing unit")
	f.runTo(b.Deadline + 1)
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, b.State)
	require.Equal(t, before, f.balance(a.Auditor))
	f.runTo(b.Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_FINAL, f.batch(b).State)
	require.True(t, f.registered(a.Auditor).Locked.IsZero())
	require.Zero(t, f.registered(b.Lease.Worker).Standing)
}
