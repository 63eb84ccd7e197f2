package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

func TestKeyShownBeforeTheCoins(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b)
	f.commit(b, w)
	f.forget()
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, b.State)
	require.True(t, b.Selection.KeyShown)
	require.Len(t, events[*types.EventKeyShown](f), 1)
	require.True(t, f.job(b.JobId).Earmarked.IsPositive())
	refused(f, f.jobs.Open, openMsg(f, b, w), tasktypes.ErrNotDue)
	refused(f, f.msgs.ShowKey, f.showMsg(b, w), tasktypes.ErrTransition)

	f.endBlock()
	refused(f, f.jobs.Open, openMsg(f, b, w), tasktypes.ErrNotDue)
	f.endBlock()
	require.Len(t, f.audits(b), 1, "sampled from the next height's seed")
	must(f, f.jobs.Open, openMsg(f, b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, b.State)
	require.Len(t, b.Disputes, 2, "what was sampled and nobody audited")
	f.runTo(b.Deadline + 1)
	f.runTo(f.batch(b).Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	require.True(t, f.job(b.JobId).Earmarked.IsZero())
}

func TestKeyShownWhileAuditorsWork(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected(func(s *tasktypes.JobSpec) { s.Assurance.Auditors, s.Assurance.Samples = 2, 1 })
	audits := f.audits(b)
	must(f, f.msgs.PostAudit, f.postMsg(audits[0]))
	availability := f.registered(audits[1].Auditor).Availability
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	refused(f, f.msgs.PostAudit, f.postMsg(audits[1]), types.ErrNotAuditor)
	require.Equal(t, availability, f.registered(audits[1].Auditor).Availability, "it is not held to be absent")
	must(f, f.jobs.Open, openMsg(f, b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, b.State)
	require.Len(t, b.Disputes, 1)
	require.Equal(t, audits[1].Units[0], b.Disputes[0].Leaf.Unit)
	before := f.balance(audits[0].Auditor)
	f.runTo(b.Deadline + 1)
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, b.State)
	require.Greater(t, f.balance(audits[0].Auditor), before, "posts made before count")
	f.runTo(b.Deadline + 1)
	require.Zero(t, f.registered(b.Lease.Worker).Standing)
}

// TestKeyShownTakesStanding has a worker with standing whose key is shown by somebody.
func TestKeyShownTakesStanding(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening()
	must(f, f.jobs.Open, openMsg(f, b, w))
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	owner := b.Lease.Worker
	require.Equal(t, uint64(1), f.registered(owner).Standing)
	next := f.submit(f.spec())
	f.endBlock()
	b = f.batch(tasktypes.Batch{JobId: next.Id})
	require.Equal(t, owner, b.Lease.Worker)
	w = f.compute(b)
	f.commit(b, w)
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	require.Zero(t, f.registered(owner).Standing)
}

// TestKeyShownWhileTheBeaconStandsStill never gets its samples: the opening runs out, and a late one is compared with
// nothing.
func TestKeyShownWhileTheBeaconStandsStill(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b)
	f.commit(b, w)
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	for h := f.ctx.BlockHeight(); h < f.ctx.BlockHeight()+100; h++ {
		f.beacon.dead[h] = true
	}
	f.runTo(f.batch(b).Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_QUEUED, f.batch(b).State)
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
}
