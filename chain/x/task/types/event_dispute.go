package types

import (
	"cmp"
	"slices"
)

// Challenged disputes a unit of an opened batch; its input is known.
type Challenged struct {
	At
	Epoch     uint32
	Leaf      Leaf
	DisputeID uint64
}

// InputPosted makes the input known of the unit that a batch is Disputed about.
type InputPosted struct {
	At
	Epoch     uint32
	DisputeID uint64
}

// DataTimedOut gives up a disputed unit whose input nobody posted.
type DataTimedOut struct{ At }

// VotingStarted begins the time of the referees: the dispute reached the head of the queue.
type VotingStarted struct {
	At
	DisputeID uint64
}

// VotingExtended gives the referees their time once more.
type VotingExtended struct {
	At
	DisputeID uint64
}

// DecidedForWorker is a verdict that the worker's leaf is right; the unit is settled for good.
type DecidedForWorker struct {
	At
	DisputeID uint64
}

// DecidedAgainstWorker is a verdict that the worker's leaf is wrong.
type DecidedAgainstWorker struct {
	At
	DisputeID uint64
}

// VotingTimedOut gives up a dispute without a verdict.
type VotingTimedOut struct {
	At
	DisputeID uint64
}

// FraudForfeited takes the bond of a batch with a refuted leaf. It follows on the verdict at once.
type FraudForfeited struct{ At }

// Name of the event.
func (Challenged) Name() string { return "challenged" }

// Name of the event.
func (InputPosted) Name() string { return "input_posted" }

// Name of the event.
func (DataTimedOut) Name() string { return "data_timed_out" }

// Name of the event.
func (VotingStarted) Name() string { return "voting_started" }

// Name of the event.
func (VotingExtended) Name() string { return "voting_extended" }

// Name of the event.
func (DecidedForWorker) Name() string { return "decided_for_worker" }

// Name of the event.
func (DecidedAgainstWorker) Name() string { return "decided_against_worker" }

// Name of the event.
func (VotingTimedOut) Name() string { return "voting_timed_out" }

// Name of the event.
func (FraudForfeited) Name() string { return "fraud_forfeited" }

func (e Challenged) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_CHALLENGE, BATCH_STATE_DISPUTED, BATCH_STATE_VOTING)); err != nil {
		return b, nil, err
	}
	if err := b.mayDispute(e.Leaf.Unit, e.Terms); err != nil {
		return b, nil, err
	}
	next := b
	next.Disputes = append(slices.Clone(b.Disputes), DisputedUnit{Leaf: e.Leaf, DisputeId: e.DisputeID})
	if b.State != BATCH_STATE_CHALLENGE {
		return next, nil, nil
	}
	if err := e.inTime(b); err != nil {
		return b, nil, err
	}
	next.Remaining = b.Deadline - e.Height
	next, effects := next.dispute(e.At)
	return next, effects, nil
}

func (e InputPosted) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_DISPUTED), e.inTime(b)); err != nil {
		return b, nil, err
	}
	next, effects := b.head(func(u *DisputedUnit) { u.DisputeId = e.DisputeID }).dispute(e.At)
	return next, effects, nil
}

func (e DataTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_DISPUTED), e.due(b)); err != nil {
		return b, nil, err
	}
	next, effects := b.pop(e.At)
	return next, append(Effects{EndDispute{b.Disputes[0], OutcomeNoInput}}, effects...), nil
}

func (e VotingStarted) apply(b Batch) (Batch, Effects, error) {
	if err := b.votingOn(e, e.DisputeID); err != nil {
		return b, nil, err
	}
	if b.Disputes[0].Started {
		return b, nil, ErrTransition.Wrapf("%s: dispute %d has started", b.Label(), e.DisputeID)
	}
	next := b.head(func(u *DisputedUnit) { u.Started = true })
	return next.to(BATCH_STATE_VOTING, e.Height+e.Terms.VerdictBlocks), nil, nil
}

func (e VotingExtended) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.votingOn(e, e.DisputeID), e.due(b)); err != nil {
		return b, nil, err
	}
	if b.Disputes[0].Extended {
		return b, nil, ErrTransition.Wrapf("%s: the time of dispute %d was extended already", b.Label(), e.DisputeID)
	}
	next := b.head(func(u *DisputedUnit) { u.Extended = true })
	return next.to(BATCH_STATE_VOTING, e.Height+e.Terms.VerdictBlocks), nil, nil
}

func (e DecidedForWorker) apply(b Batch) (Batch, Effects, error) {
	if err := b.votingOn(e, e.DisputeID); err != nil {
		return b, nil, err
	}
	next, effects := b.pop(e.At)
	next.SettledUnits = append(slices.Clone(b.SettledUnits), b.Disputes[0].Leaf.Unit)
	return next, append(Effects{EndDispute{b.Disputes[0], OutcomeForWorker}}, effects...), nil
}

func (e DecidedAgainstWorker) apply(b Batch) (Batch, Effects, error) {
	if err := b.votingOn(e, e.DisputeID); err != nil {
		return b, nil, err
	}
	return b.to(BATCH_STATE_FRAUD, e.Height), nil, nil
}

func (e VotingTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.votingOn(e, e.DisputeID), e.due(b)); err != nil {
		return b, nil, err
	}
	if !b.Disputes[0].Extended {
		return b, nil, ErrNotDue.Wrapf("%s: the time of dispute %d can be extended once", b.Label(), e.DisputeID)
	}
	next, effects := b.pop(e.At)
	return next, append(Effects{EndDispute{b.Disputes[0], OutcomeNoVerdict}}, effects...), nil
}

func (e FraudForfeited) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_FRAUD); err != nil {
		return b, nil, err
	}
	effects := Effects{
		ForfeitBond{b.Lease.Worker, b.Lease.Bond, b.Disputes[0]},
		EndDispute{b.Disputes[0], OutcomeAgainstWorker},
	}
	for _, u := range b.Disputes[1:] {
		effects = append(effects, EndDispute{u, OutcomeMoot})
	}
	if b.Selection != nil {
		effects = append(effects, EndAudits{})
	}
	if b.Detached {
		return b.to(BATCH_STATE_ENDED, 0), effects, nil
	}
	return b.requeued(e.Terms), effects, nil
}

// mayDispute refuses units that are decided or waited for already, and more of them than a batch may wait for.
func (b Batch) mayDispute(unit uint32, t Terms) error {
	switch {
	case b.Detached:
		return ErrTransition.Wrapf("%s goes on in another epoch", b.Label())
	case slices.Contains(b.SettledUnits, unit):
		return ErrUnitSettled.Wrapf("%s unit %d", b.Label(), unit)
	case slices.ContainsFunc(b.Disputes, func(u DisputedUnit) bool { return u.Leaf.Unit == unit }):
		return ErrAlreadyDisputed.Wrapf("%s unit %d", b.Label(), unit)
	case len(b.Disputes) >= int(t.MaxDisputes):
		return ErrTooManyDisputes.Wrapf("%s has %d", b.Label(), len(b.Disputes))
	}
	return nil
}

// votingOn refuses events about another dispute than the one that the batch waits for.
func (b Batch) votingOn(event Event, id uint64) error {
	if err := b.in(event, BATCH_STATE_VOTING); err != nil {
		return err
	}
	if head := b.Disputes[0].DisputeId; head != id {
		return ErrTransition.Wrapf("%s waits for dispute %d, not %d", b.Label(), head, id)
	}
	return nil
}

// head returns the batch with a changed first dispute.
func (b Batch) head(change func(*DisputedUnit)) Batch {
	b.Disputes = slices.Clone(b.Disputes)
	change(&b.Disputes[0])
	return b
}

// pop goes on behind the first dispute.
func (b Batch) pop(at At) (Batch, Effects) {
	b.Disputes = slices.Clone(b.Disputes[1:])
	if len(b.Disputes) == 0 {
		b.Disputes = nil
		return b.decided(at)
	}
	return b.dispute(at)
}

// dispute waits for what the first dispute lacks: its input, or a verdict.
func (b Batch) dispute(at At) (Batch, Effects) {
	id := b.Disputes[0].DisputeId
	if id == 0 {
		return b.to(BATCH_STATE_DISPUTED, at.Height+at.Terms.DataBlocks), nil
	}
	return b.to(BATCH_STATE_VOTING, maxBlocks), Effects{QueueDispute{id}}
}

// decided is an opened batch that nothing is disputed about: the challenge window goes on, the audits are paid once. A
// withheld epoch is over, its bond free.
func (b Batch) decided(at At) (Batch, Effects) {
	if b.Detached {
		return b.to(BATCH_STATE_ENDED, 0), Effects{UnlockBond{b.Lease.Worker, b.Lease.Bond}, EndAudits{}}
	}
	b = b.to(BATCH_STATE_CHALLENGE, at.Height+b.Remaining)
	b.Remaining = 0
	if b.Selection == nil || b.Selection.Settled {
		return b, nil
	}
	return b.selected(func(s *Selection) { s.Settled = true }), Effects{SettleAudits{}}
}
