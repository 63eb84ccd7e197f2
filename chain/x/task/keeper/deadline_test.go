package keeper_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// TestMessagesAtTheDeadline sends each message in the last block that allows it, and one block later.
func TestMessagesAtTheDeadline(t *testing.T) {
	for name, c := range map[string]struct {
		state types.BatchState
		send  func(*fixture, types.Batch) error
		then  types.BatchState
	}{
		"accept": {types.BATCH_STATE_OFFERED, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.named("wendy-op"), JobId: b.JobId, Epoch: b.Epoch})
			return err
		}, types.BATCH_STATE_LEASED},
		"commit from the offer": {types.BATCH_STATE_OFFERED, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.Commit, f.commitMsg(b, f.compute(b)))
			return err
		}, types.BATCH_STATE_COMMITTED},
		"commit from the lease": {types.BATCH_STATE_LEASED, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.Commit, f.commitMsg(b, f.compute(b)))
			return err
		}, types.BATCH_STATE_COMMITTED},
		"report": {types.BATCH_STATE_LEASED, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.named("wendy-op"), JobId: b.JobId, Epoch: b.Epoch})
			return err
		}, types.BATCH_STATE_ENDED}, // the job is past its deadline
		"open": {types.BATCH_STATE_OPENING, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.Open, f.openMsg(b, f.compute(b)))
			return err
		}, types.BATCH_STATE_CHALLENGE},
		"accept the batch": {types.BATCH_STATE_CHALLENGE, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId, Epoch: b.Epoch})
			return err
		}, types.BATCH_STATE_FINAL},
		"demand": {types.BATCH_STATE_CHALLENGE, func(f *fixture, b types.Batch) error {
			_, err := send(f, f.msgs.DemandOutput, &types.MsgDemandOutput{Requester: f.named("alice"), JobId: b.JobId, Epoch: b.Epoch})
			return err
		}, types.BATCH_STATE_DEMANDED},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			b := f.inState(c.state)
			// the offers of the other batches end before; they do not matter here
			f.runTo(b.Deadline)

			late := f.ctx
			f.ctx = f.ctx.WithBlockHeight(b.Deadline + 1) // the queue has not got there
			before := f.purse()
			require.ErrorIs(t, c.send(f, b), types.ErrLate)
			require.Equal(t, before, f.purse())

			f.ctx = late
			require.NoError(t, c.send(f, b))
			require.Equal(t, c.then, f.batch(b.JobId, b.Index).State)
		})
	}
}

// TestTimeouts lets each state run out: nothing in the block before its deadline's end, everything at it.
func TestTimeouts(t *testing.T) {
	t.Run("offer", func(t *testing.T) {
		f := newFixture(t)
		b := f.offered()
		availability := f.registered("wendy").Availability
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		f.runTo(b.Deadline)
		require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(b.JobId, 0).State)
		f.endBlock()
		missed := f.batch(b.JobId, 0)
		require.Equal(t, types.BATCH_STATE_QUEUED, missed.State)
		require.Equal(t, b.Epoch, missed.Epoch)
		require.Nil(t, missed.Lease)
		w := f.registered("wendy")
		require.Less(t, w.Availability, availability)
		require.Equal(t, uint32(3), w.Missed) // the job's three batches
		require.Zero(t, w.Load)
		require.True(t, w.Reserved.IsZero())
	})
	t.Run("lease", func(t *testing.T) {
		f := newFixture(t)
		f.worker("wendy", 1)
		spec := f.spec(f.module(0))
		spec.Deadline += 1_000
		job := f.submit(spec)
		f.endBlock()
		b := f.batch(job.Id, 0)
		f.accept(b)
		b = f.batch(job.Id, 0)
		require.Equal(t, b.Lease.DrawnHeight+1+120+1, b.Deadline, "4 units of 10^6 gas at 10^7 gas a block take a block")
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		f.runTo(b.Deadline)
		require.Equal(t, types.BATCH_STATE_LEASED, f.batch(job.Id, 0).State)
		availability := f.registered("wendy").Availability
		f.endBlock()
		require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(job.Id, 0).State)
		require.Equal(t, uint32(1), f.batch(job.Id, 0).Epoch)
		w := f.registered("wendy")
		require.Equal(t, b.Lease.Bond, w.Locked, "a lapse keeps the bond locked")
		require.Less(t, w.Availability, availability)
		require.Zero(t, w.Load)
	})
	t.Run("opening", func(t *testing.T) {
		f := newFixture(t)
		b := f.inState(types.BATCH_STATE_OPENING)
		availability := f.registered("wendy").Availability
		f.runTo(b.Deadline)
		require.Equal(t, types.BATCH_STATE_OPENING, f.batch(b.JobId, 0).State)
		f.endBlock()
		// the job's deadline passed meanwhile, so that what became queued ended at once, and the job with it
		require.Equal(t, types.BATCH_STATE_ENDED, f.batch(b.JobId, 0).State)
		require.Equal(t, types.JOB_STATE_EXPIRED, f.job(b.JobId).State)
		require.Zero(t, f.held(types.EscrowAccount))
		require.True(t, f.registered("wendy").Locked.IsZero())
		require.Less(t, f.registered("wendy").Availability, availability)
	})
	t.Run("challenge", func(t *testing.T) {
		f := newFixture(t)
		b := f.inState(types.BATCH_STATE_CHALLENGE)
		f.runTo(b.Deadline)
		require.Equal(t, types.BATCH_STATE_CHALLENGE, f.batch(b.JobId, 0).State)
		f.endBlock()
		require.Equal(t, types.BATCH_STATE_FINAL, f.batch(b.JobId, 0).State)
	})
}

// TestCoinHeightsAreLive has heights without a live seed, which do not count.
func TestCoinHeightsAreLive(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_COMMITTED)
	f.beacon.dead[b.Commitment.Height+2] = true
	f.beacon.dead[b.Commitment.Height+4] = true
	f.beacon.dead[b.Commitment.Height+5] = true
	f.runTo(b.Commitment.Height + 4 + 3)
	require.Equal(t, types.BATCH_STATE_COMMITTED, f.batch(b.JobId, 0).State)
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_OPENING, f.batch(b.JobId, 0).State)
}

// TestJobDeadline ends what is queued or offered, and lets what is leased run out.
func TestJobDeadline(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 500_000)
	alice := f.balance("alice")
	spec := f.spec(f.module(0))
	spec.Deadline = f.ctx.BlockHeight() + 5
	job := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(job.Id, 0))
	require.Equal(t, spec.Deadline, f.batch(job.Id, 1).Deadline, "an offer ends with its job")

	f.runTo(spec.Deadline)
	require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(job.Id, 1).State)
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(job.Id, 1).State)
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(job.Id, 2).State)
	require.Equal(t, types.BATCH_STATE_LEASED, f.batch(job.Id, 0).State)
	require.Equal(t, uint32(1), f.registered("wendy").Load)
	require.Zero(t, f.registered("wendy").Missed, "the job ended the offer, the worker did not miss it")
	require.Equal(t, types.JOB_STATE_OPEN, f.job(job.Id).State)

	b := f.batch(job.Id, 0)
	f.commit(b)
	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	f.open(b)
	f.acceptBatch(b)
	job = f.job(job.Id)
	require.Equal(t, types.JOB_STATE_EXPIRED, job.State)
	require.Equal(t, []uint32{1, 2}, []uint32{job.FinalBatches, job.EndedBatches})
	require.Equal(t, alice-job.Paid.Int64(), f.balance("alice"))
}

// TestJobDeadlineUndrawn ends a job that nobody ever worked on, however large, and refunds it whole.
func TestJobDeadlineUndrawn(t *testing.T) {
	f := newFixture(t)
	alice := f.balance("alice")
	spec := f.spec(f.module(0))
	spec.Units, spec.BatchSize, spec.GasLimit = 1<<20, 1, 1
	spec.Assurance.Samples = 1
	f.fund("alice", 2*funds)
	job := f.submit(spec)
	require.Equal(t, uint32(1<<20), job.Batches)
	f.runTo(spec.Deadline)
	require.Equal(t, types.JOB_STATE_OPEN, f.job(job.Id).State)
	f.endBlock()
	require.Equal(t, types.JOB_STATE_EXPIRED, f.job(job.Id).State)
	require.Equal(t, alice+2*funds, f.balance("alice"))
	require.Equal(t, "deadline", events[*types.EventJobStateChanged](f)[0].Cause)
}

func TestCancel(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	alice := f.balance("alice")
	f.accept(b)
	cancel := &types.MsgCancelJob{Requester: f.named("alice"), JobId: b.JobId}
	must(f, f.msgs.CancelJob, cancel)
	refused(t, f, f.msgs.CancelJob, cancel, types.ErrJobClosed)
	offer := f.batch(b.JobId, 1)
	accept := &types.MsgAcceptOffer{Operator: f.operator(offer), JobId: b.JobId, Batch: 1}
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrJobClosed)
	refused(t, f, f.msgs.Commit, f.commitMsg(offer, f.compute(offer)), types.ErrJobClosed)

	f.endBlock()
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(b.JobId, 1).State)
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(b.JobId, 2).State)
	require.Equal(t, types.BATCH_STATE_LEASED, f.batch(b.JobId, 0).State, "what is leased runs out")
	require.Equal(t, alice, f.balance("alice"))

	// the lease is given back: what becomes queued ends at once, and the job is refunded in that block
	funded := f.job(b.JobId).Funded.Int64()
	must(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.operator(b), JobId: b.JobId, Unit: 1})
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(b.JobId, 0).State)
	require.Equal(t, types.JOB_STATE_EXPIRED, f.job(b.JobId).State)
	require.Equal(t, alice+funded, f.balance("alice"))
	require.True(t, f.registered("wendy").Locked.IsZero())
	refused(t, f, f.msgs.CancelJob, cancel, types.ErrJobClosed)
	refused(t, f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: f.named("alice"), JobId: b.JobId}, types.ErrJobClosed)
}

// TestBadItem breaks one lapse for good: it is told and put off, and the others go on.
func TestBadItem(t *testing.T) {
	for name, breaks := range map[string]func() error{
		"error": func() error { return errors.New(onPurpose) },
		"panic": func() error { panic(onPurpose) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.worker("wendy", 500_000)
			spec := f.spec(f.module(0))
			first, second := f.submit(spec), f.submit(spec)
			f.endBlock()
			bad, good := f.batch(first.Id, 0), f.batch(second.Id, 0)
			f.accept(bad)
			f.accept(good)
			lapses := 0
			f.workers.after = func(call string) error {
				if call != "lapse" {
					return nil
				}
				if lapses++; lapses == 1 {
					return breaks()
				}
				return nil
			}
			deadline := f.batch(first.Id, 0).Deadline
			f.runTo(deadline + 1)
			failed := events[*types.EventItemFailed](f)
			require.Len(t, failed, 1)
			require.Equal(t, "deadline of job 1 batch 0", failed[0].Item)
			require.Contains(t, failed[0].Error, onPurpose)
			require.Equal(t, types.BATCH_STATE_LEASED, f.batch(first.Id, 0).State, "nothing of it was kept")
			require.Equal(t, bad.Lease.Bond, f.registered("wendy").Locked.Sub(good.Lease.Bond))
			require.Equal(t, types.BATCH_STATE_ENDED, f.batch(second.Id, 0).State, "it holds up no other")
			refused(t, f, f.msgs.Commit, f.commitMsg(bad, f.compute(bad)), types.ErrLate)

			f.runTo(deadline + 11)
			require.Equal(t, types.BATCH_STATE_ENDED, f.batch(first.Id, 0).State, "and comes again")
			require.Equal(t, types.JOB_STATE_EXPIRED, f.job(first.Id).State)
		})
	}
}

// TestBacklog has more deadlines in one block than it may process: the rest waits, and no message profits.
func TestBacklog(t *testing.T) {
	f := newFixture(t)
	params := types.DevnetParams()
	params.DeadlinesPerBlock = 1
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: params})
	b := f.offered()
	f.runTo(b.Deadline + 1)
	waiting := 0
	for i := range uint32(3) {
		if offered := f.batch(b.JobId, i); offered.State == types.BATCH_STATE_OFFERED && offered.Deadline == b.Deadline {
			waiting++
			accept := &types.MsgAcceptOffer{Operator: f.operator(offered), JobId: b.JobId, Batch: i, Epoch: offered.Epoch}
			refused(t, f, f.msgs.AcceptOffer, accept, types.ErrLate)
		}
	}
	require.Equal(t, 2, waiting)
	f.runTo(b.Deadline + 3)
	for i := range uint32(3) {
		require.NotEqual(t, b.Deadline, f.batch(b.JobId, i).Deadline)
	}
}

// TestBeaconFails loses the draws of a block, not the block.
func TestBeaconFails(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	job := f.submit(f.spec(f.module(0)))
	f.beacon.fails = errors.New("no seed")
	f.endBlock()
	require.Equal(t, "draws", events[*types.EventItemFailed](f)[0].Item)
	require.Zero(t, f.job(job.Id).NextBatch)
	f.beacon.fails = nil
	f.endBlock()
	require.Equal(t, uint32(3), f.job(job.Id).NextBatch)
}
