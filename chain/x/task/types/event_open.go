package types

import (
	"cmp"

	"cosmossdk.io/math"
)

// Opened shows what was committed: in Opening; late, while the batch is queued and not offered again; or of a withheld
// epoch.
type Opened struct {
	At
	Epoch    uint32
	Root     []byte
	GasTotal uint64
	Opener   string
	// Disputed are the leaves that audits differ from, lowest unit first.
	Disputed []Leaf
}

// OpeningTimedOut queues a batch that nobody opened in time. Until it is offered again it can still be opened; a
// selected epoch, whose bond stays locked, can be opened beside its batch even then.
type OpeningTimedOut struct {
	At
	// AuditFees are what the audits of a selected batch are paid out of the lease's bond.
	AuditFees math.Int
}

// Name of the event.
func (Opened) Name() string { return "opened" }

// Name of the event.
func (OpeningTimedOut) Name() string { return "opening_timed_out" }

// Openable returns the batch as it has to be opened in an epoch: itself in Opening and Withheld; while it is queued and
// not offered again, as it was in the epoch before.
func (b Batch) Openable(epoch uint32) (Batch, error) {
	late := b.State == BATCH_STATE_QUEUED && b.LateOpen != 0 && b.LateOpen == epoch+1
	if late {
		b.Epoch = epoch
		return b, nil
	}
	if err := b.inEpoch(epoch); err != nil {
		return b, err
	}
	return b, b.in(Opened{}, BATCH_STATE_OPENING, BATCH_STATE_WITHHELD)
}

func (e Opened) apply(b Batch) (Batch, Effects, error) {
	opened, err := b.Openable(e.Epoch)
	if err != nil {
		return b, nil, err
	}
	if err := e.inTime(b); err != nil {
		return b, nil, err
	}
	next := opened
	next.LateOpen = 0
	next.Lease = b.Lease.bonded(true)
	next.Opening = &Opening{Root: e.Root, GasTotal: e.GasTotal, Opener: e.Opener, Height: e.Height}
	var effects Effects
	if b.State == BATCH_STATE_QUEUED && b.Selection == nil {
		effects = Effects{RelockBond{b.Lease.Worker, b.Lease.Bond}}
	}
	next.Remaining = e.Terms.ChallengeBlocks
	if len(e.Disputed) > 0 {
		for _, leaf := range e.Disputed {
			next.Disputes = append(next.Disputes, DisputedUnit{Leaf: leaf})
		}
		next, more := next.dispute(e.At)
		return next, append(effects, more...), nil
	}
	if s := next.Selection; s != nil && s.Posted > 0 && b.Commitment.KeyShownHeight == 0 {
		next = next.selected(func(s *Selection) { s.Matched = true })
	}
	next, more := next.decided(e.At)
	return next, append(effects, more...), nil
}

func (e OpeningTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_OPENING), e.due(b)); err != nil {
		return b, nil, err
	}
	next := b.requeued(e.Terms)
	next.LateOpen = b.Epoch + 1
	next.Commitment = b.Commitment
	if b.Selection == nil {
		next.Lease = b.Lease.bonded(false)
		return next, Effects{UnlockBond{b.Lease.Worker, b.Lease.Bond}, RecordNotOpened{b.Lease.Worker}}, nil
	}
	held := b.selected(func(s *Selection) {
		s.Settled, s.Earmarked, s.WithheldUntil = true, math.ZeroInt(), e.Height+e.Terms.WithheldBlocks
	})
	if e.AuditFees.IsPositive() {
		lease := *b.Lease
		lease.Bond = lease.Bond.Sub(e.AuditFees)
		held.Lease = &lease
	}
	next.Lease, next.Selection = held.Lease, held.Selection
	return next, Effects{PayAuditsFromBond{b.Lease.Worker, e.AuditFees}, ReleaseEarmark{}}, nil
}
