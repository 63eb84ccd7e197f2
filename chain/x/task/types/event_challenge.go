package types

import (
	"cmp"

	"cosmossdk.io/math"
)

// OutputDemanded asks for one unit's output on chain; the challenge window stops.
type OutputDemanded struct {
	At
	Epoch   uint32
	Unit    uint32
	Deposit math.Int
}

// OutputPosted answers a demand; the challenge window goes on.
type OutputPosted struct {
	At
	Epoch  uint32
	Poster string
}

// DemandTimedOut queues a batch whose demanded output never came.
type DemandTimedOut struct{ At }

// DemandExtended gives a demand its whole time again, because its deposit could not be paid out: payouts are paused.
type DemandExtended struct{ At }

// BatchAccepted ends the challenge window early, by the requester.
type BatchAccepted struct {
	At
	Epoch uint32
}

// ChallengeTimedOut ends the challenge window.
type ChallengeTimedOut struct{ At }

// Name of the event.
func (OutputDemanded) Name() string { return "output_demanded" }

// Name of the event.
func (OutputPosted) Name() string { return "output_posted" }

// Name of the event.
func (DemandTimedOut) Name() string { return "demand_timed_out" }

// Name of the event.
func (DemandExtended) Name() string { return "demand_extended" }

// Name of the event.
func (BatchAccepted) Name() string { return "batch_accepted" }

// Name of the event.
func (ChallengeTimedOut) Name() string { return "challenge_timed_out" }

func (e OutputDemanded) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_CHALLENGE)); err != nil {
		return b, nil, err
	}
	if b.Demanded {
		return b, nil, ErrAlreadyDemanded.Wrap(b.Label())
	}
	if err := e.inTime(b); err != nil {
		return b, nil, err
	}
	next := b.to(BATCH_STATE_DEMANDED, e.Height+e.Terms.DemandBlocks)
	next.Demanded = true
	next.Demand = &Demand{Unit: e.Unit, Deposit: e.Deposit, Remaining: b.Deadline - e.Height}
	return next, Effects{TakeDeposit{e.Deposit}}, nil
}

func (e OutputPosted) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_DEMANDED), e.inTime(b)); err != nil {
		return b, nil, err
	}
	next := b.to(BATCH_STATE_CHALLENGE, e.Height+b.Demand.Remaining)
	next.Demand = nil
	return next, Effects{PayDeposit{e.Poster, b.Demand.Deposit}}, nil
}

func (e DemandTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_DEMANDED), e.due(b)); err != nil {
		return b, nil, err
	}
	effects := Effects{
		ReturnDeposit{b.Demand.Deposit},
		UnlockBond{b.Lease.Worker, b.Lease.Bond},
	}
	if b.Selection != nil {
		effects = append(effects, EndAudits{})
	}
	return b.requeued(e.Terms), effects, nil
}

func (e DemandExtended) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_DEMANDED), e.due(b)); err != nil {
		return b, nil, err
	}
	return b.to(BATCH_STATE_DEMANDED, e.Height+e.Terms.DemandBlocks), nil, nil
}

func (e BatchAccepted) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_CHALLENGE), e.inTime(b)); err != nil {
		return b, nil, err
	}
	return b.final(e.Terms)
}

func (e ChallengeTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_CHALLENGE), e.due(b)); err != nil {
		return b, nil, err
	}
	return b.final(e.Terms)
}

// final is the end that pays. Nothing leads out of it, so a batch is paid at most once.
func (b Batch) final(t Terms) (Batch, Effects, error) {
	next := b.to(BATCH_STATE_FINAL, 0)
	next.Lease = b.Lease.bonded(false)
	effects := Effects{
		PayWork{Worker: b.Lease.Worker, GasTotal: b.Opening.GasTotal, Ask: b.Lease.Ask},
		UnlockBond{b.Lease.Worker, b.Lease.Bond},
		RecordFinal{b.Lease.Worker},
	}
	if b.Selection == nil {
		return next, effects, nil
	}
	if b.Selection.Matched && t.EarnsStanding {
		effects = append(effects, RecordMatched{b.Lease.Worker})
	}
	return next, append(effects, EndAudits{}), nil
}
