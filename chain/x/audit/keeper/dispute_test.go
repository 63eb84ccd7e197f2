package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const refereeCost = 10_000 // of a devnet

// allWrong are the units of a batch of four.
var allWrong = []uint32{0, 1, 2, 3}

// disputed brings a batch whose audit differs to the referees.
func (f *fixture) disputed(worker, auditor []uint32) (tasktypes.Batch, types.Dispute) {
	f.Helper()
	b, _ := f.opened(worker, auditor)
	require.Equal(f, tasktypes.BATCH_STATE_DISPUTED, b.State)
	id := must(f, f.msgs.PostInput, f.inputMsg(b, b.Disputes[0].Leaf.Unit)).DisputeId
	require.Equal(f, types.DISPUTE_STATE_QUEUED, f.dispute(id).State)
	f.endBlock()
	return f.batch(b), f.dispute(id)
}

// challenged brings a batch whose audit matched to the referees, by carl's challenge of a unit.
func (f *fixture) challenged(unit uint32, b tasktypes.Batch, w work) types.Dispute {
	f.Helper()
	f.fund("carl")
	id := must(f, f.msgs.Challenge, f.challengeMsg(b, w, unit)).DisputeId
	f.endBlock()
	return f.dispute(id)
}

// TestAuditorProvesFraud follows a wrong leaf from the audit that differs to the slash.
func TestAuditorProvesFraud(t *testing.T) {
	f := newFixture(t)
	b, d := f.disputed(allWrong, nil)
	require.Equal(t, types.DISPUTE_CAUSE_AUDIT, d.Cause)
	require.Equal(t, types.DISPUTE_STATE_COMMITTING, d.State)
	require.EqualValues(t, 100, d.TotalPower)
	a := f.audits(b)[0]
	lock, earned := b.Lease.Bond.Int64(), f.balance(a.Auditor)
	f.vote(d.Id, all(leafOf(d.Leaf.Unit, false)))

	again := f.batch(b)
	require.EqualValues(t, 1, again.Epoch)
	require.Empty(t, f.audits(b))
	_, err := f.queries.Dispute(f.ctx, &types.QueryDisputeRequest{DisputeId: d.Id})
	require.ErrorContains(t, err, "unknown dispute")
	worker := f.registered(b.Lease.Worker)
	require.Equal(t, workertypes.WORKER_STATUS_JAILED, worker.Status)
	require.EqualValues(t, bond-lock, worker.Bond.Int64())
	auditor := f.registered(a.Auditor)
	require.True(t, auditor.Locked.IsZero())
	require.Equal(t, workertypes.WORKER_STATUS_ACTIVE, auditor.Status)
	require.Greater(t, f.balance(a.Auditor), earned, "its fee")

	held := f.slashes()
	require.Len(t, held, 1)
	require.Equal(t, workertypes.SLASH_KIND_LEAF, held[0].Kind)
	require.EqualValues(t, lock, held[0].Amount.Int64())
	params, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	got := shares(held[0])
	require.EqualValues(t, lock*int64(params.SlashProverBps)/10_000, got[workertypes.SLASH_ROLE_PROVER])
	require.Equal(t, []string{a.Auditor}, recipients(held[0], workertypes.SLASH_ROLE_PROVER))
	require.Equal(t, []string{f.named("alice")}, recipients(held[0], workertypes.SLASH_ROLE_REQUESTER))
	require.EqualValues(t, refereeCost, got[workertypes.SLASH_ROLE_REFEREE])
	require.Len(t, recipients(held[0], workertypes.SLASH_ROLE_REFEREE), 4)
	require.Len(t, events[*types.EventRefereePaid](f), 4)

	f.runTo(held[0].ReleaseHeight + 1)
	require.Empty(t, f.slashes())
	require.Equal(t, int64(refereeCost/4), f.balance(f.named(operatorOf(0))))
}

// TestWrongAuditLosesItsDeposit follows a right leaf that an auditor differs from: both its units are disputed, one after the other.
func TestWrongAuditLosesItsDeposit(t *testing.T) {
	f := newFixture(t)
	b, d := f.disputed(nil, allWrong)
	a := f.audits(b)[0]
	f.vote(d.Id, all(d.Leaf))

	require.Empty(t, f.audits(b))
	after := f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, after.State)
	require.Equal(t, []uint32{d.Leaf.Unit}, after.SettledUnits)
	require.Equal(t, []*tasktypes.EventUnitSettled{
		{JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: d.Leaf.Unit},
	}, events[*tasktypes.EventUnitSettled](f))
	held := f.slashes()
	require.Len(t, held, 1)
	require.Equal(t, workertypes.SLASH_KIND_AUDIT, held[0].Kind)
	require.Equal(t, a.Auditor, held[0].Owner)
	got := shares(held[0])
	require.EqualValues(t, refereeCost, got[workertypes.SLASH_ROLE_REFEREE])
	require.EqualValues(t, (a.Deposit.Int64()-refereeCost)/2, got[workertypes.SLASH_ROLE_OPPONENT])
	require.Equal(t, []string{b.Lease.Worker}, recipients(held[0], workertypes.SLASH_ROLE_OPPONENT))
	require.Equal(t, workertypes.WORKER_STATUS_JAILED, f.registered(a.Auditor).Status)

	// nobody posts the other input: the batch goes on, and the refuted auditor has no fee
	f.runTo(after.Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	require.True(t, f.job(b.JobId).Audits.IsZero())
	require.Zero(t, f.registered(b.Lease.Worker).Standing)
}

// TestStrangerCatchesWorkerAndAuditor challenges a wrong leaf that its auditor matched: both are slashed.
func TestStrangerCatchesWorkerAndAuditor(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(allWrong, allWrong)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, b.State)
	a := f.audits(b)[0]
	d := f.challenged(a.Units[0], b, w)
	require.EqualValues(t, funds-d.Deposit.Int64(), f.balance(f.named("carl")))
	f.vote(d.Id, all(leafOf(a.Units[0], false)))

	require.EqualValues(t, 1, f.batch(b).Epoch)
	require.EqualValues(t, funds, f.balance(f.named("carl")), "its deposit is back")
	held := f.slashes()
	require.Len(t, held, 2)
	require.Equal(t, []workertypes.SlashKind{workertypes.SLASH_KIND_LEAF, workertypes.SLASH_KIND_AUDIT},
		[]workertypes.SlashKind{held[0].Kind, held[1].Kind})
	price := int64(w.gas) * b.Lease.Ask.Int64() / 1_000_000_000
	require.Equal(t, price, shares(held[0])[workertypes.SLASH_ROLE_PROVER], "at most the batch's price")
	require.EqualValues(t, refereeCost, shares(held[0])[workertypes.SLASH_ROLE_REFEREE])
	require.EqualValues(t, map[workertypes.SlashRole]int64{workertypes.SLASH_ROLE_OPPONENT: a.Deposit.Int64() / 2}, shares(held[1]),
		"the referees were paid out of the worker's bond")
	require.Equal(t, []string{f.named("carl")}, recipients(held[1], workertypes.SLASH_ROLE_OPPONENT))
	for _, owner := range []string{b.Lease.Worker, a.Auditor} {
		require.Equal(t, workertypes.WORKER_STATUS_JAILED, f.registered(owner).Status)
	}
}

// TestChallengeThatIsWrong loses its deposit, and the unit is settled for good.
func TestChallengeThatIsWrong(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	left := b.Deadline - f.ctx.BlockHeight()
	d := f.challenged(1, b, w)
	f.vote(d.Id, all(d.Leaf))

	after := f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, after.State)
	require.Equal(t, left, after.Deadline-f.ctx.BlockHeight()+1, "the clock went on in the block before")
	held := f.slashes()
	require.Len(t, held, 1)
	require.Equal(t, workertypes.SLASH_KIND_CHALLENGE, held[0].Kind)
	require.Equal(t, d.Deposit, held[0].Amount)
	require.EqualValues(t, refereeCost, shares(held[0])[workertypes.SLASH_ROLE_REFEREE])
	require.EqualValues(t, (d.Deposit.Int64()-refereeCost)/2, shares(held[0])[workertypes.SLASH_ROLE_OPPONENT])
	refused(f, f.msgs.Challenge, f.challengeMsg(after, w, 1), tasktypes.ErrUnitSettled)
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
}

// TestNeitherLeafIsRight lets worker and auditor lose, each to nobody but the referees and the requester.
func TestNeitherLeafIsRight(t *testing.T) {
	f := newFixture(t)
	b, d := f.disputed(allWrong, nil)
	a := f.audits(b)[0]
	third := leafOf(d.Leaf.Unit, false)
	third.Gas++
	f.vote(d.Id, all(third))
	held := f.slashes()
	require.Len(t, held, 2)
	require.Empty(t, recipients(held[0], workertypes.SLASH_ROLE_PROVER))
	require.Equal(t, a.Auditor, held[1].Owner)
	require.Empty(t, held[1].Shares, "burned whole")
	require.EqualValues(t, 1, f.batch(b).Epoch)
}

// TestNoVerdict lets the time run out, is given it once more, and ends with the deposit back.
func TestNoVerdict(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 0, d.Leaf))
	f.runTo(d.CommitDeadline + 1)
	require.Equal(t, types.DISPUTE_STATE_REVEALING, f.dispute(d.Id).State)
	must(f, f.msgs.RevealVote, f.revealMsg(d.Id, 0, d.Leaf))
	f.runTo(d.Deadline + 1)
	extended := f.dispute(d.Id)
	require.True(t, extended.Extended)
	require.Equal(t, types.DISPUTE_STATE_COMMITTING, extended.State)
	require.Equal(t, d.Deadline-d.StartedHeight, extended.Deadline-d.Deadline)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 1, d.Leaf))
	f.runTo(extended.Deadline + 1)

	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	require.EqualValues(t, funds, f.balance(f.named("carl")))
	require.Empty(t, f.slashes())
	require.Empty(t, events[*types.EventValidatorAbsent](f), "too few voted to say who is absent")
	require.Len(t, events[*types.EventChallengeReturned](f), 1)
	must(f, f.msgs.Challenge, f.challengeMsg(b, w, 1))
}

// TestVerdictInTheSecondTime needs the time twice, because the second half of the power comes late.
func TestVerdictInTheSecondTime(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 0, d.Leaf))
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 1, d.Leaf))
	f.runTo(d.Deadline + 1)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 2, d.Leaf))
	f.runTo(f.dispute(d.Id).CommitDeadline + 1)
	for validator := range 3 {
		must(f, f.msgs.RevealVote, f.revealMsg(d.Id, validator, d.Leaf))
	}
	f.endBlock()
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
}

// TestChallengesOfOneBatchQueueUp refutes the first of two, which makes the second one moot.
func TestChallengesOfOneBatchQueueUp(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(allWrong, allWrong)
	f.fund("carl")
	first := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 1)).DisputeId
	second := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 2)).DisputeId
	f.endBlock()
	require.Zero(t, f.dispute(second).QueuedHeight)
	queue := must(f, f.queries.Disputes, &types.QueryDisputesRequest{}).Disputes
	require.Equal(t, []uint64{first, second}, []uint64{queue[0].Id, queue[1].Id})
	f.vote(first, all(leafOf(1, false)))
	require.EqualValues(t, funds, f.balance(f.named("carl")))
	require.Empty(t, must(f, f.queries.Disputes, &types.QueryDisputesRequest{}).Disputes)
	changes := events[*types.EventDisputeStateChanged](f)
	require.Equal(t, "moot", changes[len(changes)-1].Cause)
}

// TestNextChallengeFollowsAtOnce settles the first of two for the worker: the referees go on with the second in the same block.
func TestNextChallengeFollowsAtOnce(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	f.fund("carl")
	first := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 1)).DisputeId
	second := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 2)).DisputeId
	f.endBlock()
	f.vote(first, all(leafOf(1, false)))
	require.Equal(t, types.DISPUTE_STATE_COMMITTING, f.dispute(second).State)
	f.vote(second, all(leafOf(2, false)))
	require.Equal(t, []uint32{1, 2}, f.batch(b).SettledUnits)
	require.Len(t, f.slashes(), 2)
}

// TestWithheldEpochIsRefuted opens a selected batch too late, and differs from its audits.
func TestWithheldEpochIsRefuted(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b, allWrong...)
	f.commit(b, w)
	f.audited(b)
	f.runTo(f.batch(b).Deadline + 1)
	held := f.records(b)
	require.Len(t, held, 1)
	must(f, f.jobs.Open, openMsg(f, b, w))
	late := f.records(b)[0]
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, late.State)
	unit := late.Disputes[0].Leaf.Unit
	id := must(f, f.msgs.PostInput, f.inputMsg(b, unit)).DisputeId
	refused(f, f.msgs.Challenge, f.challengeMsg(b, w, (unit+1)%4), tasktypes.ErrTransition)
	f.endBlock()
	f.vote(id, all(leafOf(unit, false)))
	require.Empty(t, f.records(b))
	slashes := f.slashes()
	require.Len(t, slashes, 1)
	require.Equal(t, late.Lease.Bond, slashes[0].Amount)
}
