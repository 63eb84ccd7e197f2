package types

import "cmp"

// Committed binds the holder of an offer or a lease to its results.
type Committed struct {
	At
	Worker      string
	Epoch       uint32
	Commitment  []byte
	OutputsHash []byte
	// LiveCount of the beacon at this height.
	LiveCount uint64
	// AuditBps is the probability of an audit, CoinThreshold what each height's coin is compared with for it.
	AuditBps      uint32
	CoinThreshold uint64
}

// InputReported gives a lease back because an input cannot be fetched.
type InputReported struct {
	At
	Worker string
	Epoch  uint32
}

// LeaseTimedOut takes a lease back that ran out.
type LeaseTimedOut struct{ At }

// CoinMissed lets a committed batch be opened, because its coin heights are over and none of them hit.
type CoinMissed struct {
	At
	// LiveCount of the beacon at this height.
	LiveCount uint64
}

// Name of the event.
func (Committed) Name() string { return "committed" }

// Name of the event.
func (InputReported) Name() string { return "input_reported" }

// Name of the event.
func (LeaseTimedOut) Name() string { return "lease_timed_out" }

// Name of the event.
func (CoinMissed) Name() string { return "coin_missed" }

func (e Committed) apply(b Batch) (Batch, Effects, error) {
	if err := b.heldBy(e.Worker, e.Epoch); err != nil {
		return b, nil, err
	}
	if b.Commitment != nil {
		return b, nil, ErrAlreadyCommitted.Wrapf("%s at height %d", b.Label(), b.Commitment.Height)
	}
	if err := cmp.Or(b.in(e, BATCH_STATE_OFFERED, BATCH_STATE_LEASED), e.inTime(b)); err != nil {
		return b, nil, err
	}
	var effects Effects
	if b.State == BATCH_STATE_OFFERED {
		effects = Effects{LockBond{b.Lease.Worker, b.Lease.Bond}, RecordResponse{b.Lease.Worker}}
	}
	next := b.to(BATCH_STATE_COMMITTED, e.Height+int64(e.Terms.CoinHeights))
	next.Lease = b.Lease.bonded(true)
	next.Commitment = &Commitment{
		Commitment:    e.Commitment,
		OutputsHash:   e.OutputsHash,
		Height:        e.Height,
		LiveTarget:    e.LiveCount + uint64(e.Terms.CoinHeights),
		AuditBps:      e.AuditBps,
		CoinThreshold: e.CoinThreshold,
	}
	return next, append(effects, EndLease{b.Lease.Worker}), nil
}

func (e InputReported) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.heldBy(e.Worker, e.Epoch), b.in(e, BATCH_STATE_LEASED), e.inTime(b)); err != nil {
		return b, nil, err
	}
	return b.requeued(e.Terms), Effects{
		EndLease{b.Lease.Worker},
		UnlockBond{b.Lease.Worker, b.Lease.Bond},
		BarWorker{Worker: b.Lease.Worker},
	}, nil
}

func (e LeaseTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_LEASED), e.due(b)); err != nil {
		return b, nil, err
	}
	return b.requeued(e.Terms), Effects{
		EndLease{b.Lease.Worker},
		RecordLapse{b.Lease.Worker, b.Lease.Bond},
		BarWorker{Worker: b.Lease.Worker, Lapse: true},
	}, nil
}

func (e CoinMissed) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_COMMITTED); err != nil {
		return b, nil, err
	}
	if e.LiveCount < b.Commitment.LiveTarget {
		return b, nil, ErrNotDue.Wrapf("%s: %d of %d live heights", b.Label(), e.LiveCount, b.Commitment.LiveTarget)
	}
	return b.to(BATCH_STATE_OPENING, e.Height+e.Terms.OpenBlocks), nil, nil
}
