package types

import (
	"slices"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

// NewJob is a job as it is submitted, funded with its escrow.
func NewJob(id uint64, requester string, spec JobSpec, module Module, p Params, escrow math.Int, height int64) (Job, error) {
	batches, err := protocol.BatchCount(spec.Units, spec.BatchSize)
	if err != nil {
		return Job{}, ErrInvalidJob.Wrap(err.Error())
	}
	zero := math.ZeroInt()
	return Job{
		Id:              id,
		Requester:       requester,
		Spec:            spec,
		State:           JOB_STATE_OPEN,
		RoyaltyBps:      module.RoyaltyBps,
		FeeBps:          p.FeeBps,
		Author:          module.Author,
		AuditFloor:      p.AuditFloor,
		Batches:         batches,
		Funded:          escrow,
		Paid:            zero,
		Royalties:       zero,
		Fees:            zero,
		Audits:          zero,
		Refunded:        zero,
		Remaining:       escrow,
		Earmarked:       zero,
		SubmittedHeight: height,
	}, nil
}

// Closed tells that the job is Settled or Expired.
func (j Job) Closed() bool { return j.State == JOB_STATE_SETTLED || j.State == JOB_STATE_EXPIRED }

// Over tells that nothing of the job may be drawn or accepted any more at a height: closed, cancelled, or at its
// deadline. What is leased runs out. A message in the block of the deadline still counts, as for every deadline.
func (j Job) Over(height int64) bool {
	return j.Closed() || j.Cancelled || height > j.Spec.Deadline
}

// Done tells that every batch is Final or Ended.
func (j Job) Done() bool { return j.FinalBatches+j.EndedBatches == j.Batches }

// Undrawn is the number of batches that were never drawn.
func (j Job) Undrawn() uint32 { return j.Batches - j.NextBatch }

// EndUndrawn ends the batches that were never drawn.
func (j Job) EndUndrawn() Job {
	j.EndedBatches += j.Undrawn()
	j.NextBatch = j.Batches
	return j
}

// Count moves a batch of the job between the job's counters.
func (j Job) Count(old, new BatchState) Job {
	live := func(s BatchState) bool { return Batch{State: s}.Live() }
	if live(old) && !live(new) {
		j.LiveBatches--
	}
	switch {
	case old == new:
	case new == BATCH_STATE_FINAL:
		j.FinalBatches++
	case new == BATCH_STATE_ENDED:
		j.EndedBatches++
	}
	return j
}

// Pay moves a final batch's payment out of what remains.
func (j Job) Pay(p protocol.Payment) Job {
	j.Paid = j.Paid.Add(p.Pay)
	j.Royalties = j.Royalties.Add(p.Royalty)
	j.Fees = j.Fees.Add(p.Fee)
	j.Remaining = j.Remaining.Sub(p.Total())
	return j
}

// PayAudit moves a payment for an audit out of what is set aside for audits.
func (j Job) PayAudit(amount math.Int) Job {
	j.Audits = j.Audits.Add(amount)
	j.Earmarked = j.Earmarked.Sub(amount)
	j.Remaining = j.Remaining.Sub(amount)
	return j
}

// Settle closes a job that is done and moves what remains to the refund.
func (j Job) Settle(height int64) Job {
	j.State = JOB_STATE_SETTLED
	if j.EndedBatches > 0 {
		j.State = JOB_STATE_EXPIRED
	}
	j.Refunded = j.Refunded.Add(j.Remaining)
	j.Remaining = math.ZeroInt()
	j.SettledHeight = height
	return j
}

// Prune counts batches that leave the state, at a height.
func (j Job) Prune(batches uint32, height int64) Job {
	j.PrunedBatches += batches
	j.PrunedHeight = height
	return j
}

// Report records that an owner could not fetch an input. Enough different owners suspend the job.
func (j Job) Report(owner string, limit uint32) Job {
	if slices.Contains(j.MissingReporters, owner) {
		return j
	}
	j.MissingReporters = append(slices.Clone(j.MissingReporters), owner)
	if j.State == JOB_STATE_OPEN && uint32(len(j.MissingReporters)) >= limit {
		j.State = JOB_STATE_SUSPENDED
	}
	return j
}

// Confirm takes the requester's word that the inputs can be fetched again.
func (j Job) Confirm(locators []string) Job {
	j.MissingReporters = nil
	if len(locators) > 0 {
		j.Spec.Locators = locators
	}
	if j.State == JOB_STATE_SUSPENDED {
		j.State = JOB_STATE_OPEN
	}
	return j
}

// CheckSums is invariant 2: it returns ErrInvariant unless what the job was funded with is where the job says.
func (j Job) CheckSums() error {
	if rest := j.Sums(); !rest.IsZero() || j.Remaining.IsNegative() || j.Earmarked.IsNegative() || j.Earmarked.GT(j.Remaining) {
		return ErrInvariant.Wrapf("job %d: %s udmc are nowhere, %s remain, %s of them set aside", j.Id, rest, j.Remaining, j.Earmarked)
	}
	return nil
}

// Sums returns funded minus everything that it went to; 0 unless an invariant is broken.
func (j Job) Sums() math.Int {
	rest := j.Funded
	for _, part := range []math.Int{j.Paid, j.Royalties, j.Fees, j.Audits, j.Refunded, j.Remaining} {
		rest = rest.Sub(part)
	}
	return rest
}
