package types

import "cmp"

// Opened shows what was committed: in Opening, or late, while the batch is queued and not offered again.
type Opened struct {
	At
	Epoch    uint32
	Root     []byte
	GasTotal uint64
	Opener   string
}

// OpeningTimedOut queues a batch that nobody opened in time. Until it is offered again it can still be opened.
type OpeningTimedOut struct{ At }

// Name of the event.
func (Opened) Name() string { return "opened" }

// Name of the event.
func (OpeningTimedOut) Name() string { return "opening_timed_out" }

// Openable returns the batch as it has to be opened in an epoch: itself in Opening; while it is queued and not
// offered again, as it was in the epoch before.
func (b Batch) Openable(epoch uint32) (Batch, error) {
	late := b.State == BATCH_STATE_QUEUED && b.LateOpen != 0 && b.LateOpen == epoch+1
	if late {
		b.Epoch = epoch
		return b, nil
	}
	if err := b.inEpoch(epoch); err != nil {
		return b, err
	}
	return b, b.in(Opened{}, BATCH_STATE_OPENING)
}

func (e Opened) apply(b Batch) (Batch, Effects, error) {
	opened, err := b.Openable(e.Epoch)
	if err != nil {
		return b, nil, err
	}
	if err := e.inTime(b); err != nil {
		return b, nil, err
	}
	var effects Effects
	if b.State == BATCH_STATE_QUEUED {
		effects = Effects{RelockBond{b.Lease.Worker, b.Lease.Bond}}
	}
	next := opened.to(BATCH_STATE_CHALLENGE, e.Height+e.Terms.ChallengeBlocks)
	next.LateOpen = 0
	next.Lease = b.Lease.bonded(true)
	next.Opening = &Opening{Root: e.Root, GasTotal: e.GasTotal, Opener: e.Opener, Height: e.Height}
	return next, effects, nil
}

func (e OpeningTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_OPENING), e.due(b)); err != nil {
		return b, nil, err
	}
	next := b.requeued(e.Terms)
	next.LateOpen = b.Epoch + 1
	next.Lease = b.Lease.bonded(false)
	next.Commitment = b.Commitment
	return next, Effects{
		UnlockBond{b.Lease.Worker, b.Lease.Bond},
		RecordNotOpened{b.Lease.Worker},
	}, nil
}
