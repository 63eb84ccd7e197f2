package types

import "cmp"

// Drawn gives a queued batch to a worker as an offer.
type Drawn struct {
	At
	Lease Lease
}

// JobEnded ends a batch that nobody works on, because its job was cancelled or is past its deadline.
type JobEnded struct{}

// OfferAccepted turns an offer into a lease.
type OfferAccepted struct {
	At
	Worker string
	Epoch  uint32
}

// OfferTimedOut takes an offer back that was not answered.
type OfferTimedOut struct{ At }

// Name of the event.
func (Drawn) Name() string { return "drawn" }

// Name of the event.
func (JobEnded) Name() string { return "job_ended" }

// Name of the event.
func (OfferAccepted) Name() string { return "offer_accepted" }

// Name of the event.
func (OfferTimedOut) Name() string { return "offer_timed_out" }

func (e Drawn) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_QUEUED); err != nil {
		return b, nil, err
	}
	lease := e.Lease
	next := b.to(BATCH_STATE_OFFERED, min(e.Height+e.Terms.AcceptBlocks, e.Terms.JobDeadline))
	next.Lease = &lease
	// from here on the epoch before can no longer be opened
	next.Commitment, next.Selection, next.LateOpen = nil, nil, 0
	return next, append(b.withheld(), ReserveBond{lease.Worker, lease.Bond}), nil
}

func (e JobEnded) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_QUEUED, BATCH_STATE_OFFERED); err != nil {
		return b, nil, err
	}
	effects := b.withheld()
	if b.State == BATCH_STATE_OFFERED {
		effects = Effects{ReleaseBond{b.Lease.Worker, b.Lease.Bond}}
	}
	next := b.to(BATCH_STATE_ENDED, 0)
	next.Lease, next.Commitment, next.Selection, next.LateOpen = nil, nil, nil, 0
	return next, effects, nil
}

func (e OfferAccepted) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.heldBy(e.Worker, e.Epoch), b.in(e, BATCH_STATE_OFFERED), e.inTime(b)); err != nil {
		return b, nil, err
	}
	next := b.to(BATCH_STATE_LEASED, e.Height+e.Terms.LeaseBlocks+computeBlocks(b.Units, e.Terms.GasLimit, b.Lease.Rate))
	next.Lease = b.Lease.bonded(true)
	return next, Effects{
		LockBond{b.Lease.Worker, b.Lease.Bond},
		RecordResponse{b.Lease.Worker},
	}, nil
}

func (e OfferTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_OFFERED), e.due(b)); err != nil {
		return b, nil, err
	}
	next := b.to(BATCH_STATE_QUEUED, e.Terms.JobDeadline)
	next.Lease = nil
	return next, Effects{
		ReleaseBond{b.Lease.Worker, b.Lease.Bond},
		RecordMiss{b.Lease.Worker},
	}, nil
}

// computeBlocks is ceil(n*gas_limit/rate). The gas limit of a stored job is at most 2^56 and n at most 64.
func computeBlocks(units uint32, gasLimit, rate uint64) int64 {
	gas, rate := uint64(units)*gasLimit, max(rate, 1)
	return int64(min((gas-1)/rate+1, uint64(maxBlocks)))
}
