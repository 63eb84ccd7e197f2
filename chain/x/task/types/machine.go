package types

// Next returns the batch after an event, and what has to happen with money, bond and standing in the same step.
// It is the protocol's table "The life of a batch": an event that is no row for the batch's state is refused with
// ErrTransition. It reads no store and no clock, and the batch that it was called on stays as it was.
//
// Events that come from a message also check what the sender claims: ErrWrongEpoch, ErrNoLease, ErrAlreadyCommitted, ErrKeyShown,
// ErrAlreadyDemanded, ErrAlreadyDisputed, ErrUnitSettled, ErrTooManyDisputes, and ErrLate from one height past the deadline on, whether or not the
// deadline queue has got there. Events of the deadline queue are refused with ErrNotDue before their time.
func (b Batch) Next(event Event) (Batch, Effects, error) { return event.apply(b) }

// Event is something that happens to a batch. The set is closed.
type Event interface {
	// Name is the event's name in EventBatchStateChanged.
	Name() string
	apply(Batch) (Batch, Effects, error)
}

// At is when an event happens, and the terms that hold then.
type At struct {
	Height int64
	Terms  Terms
}

// Terms are what the machine needs to know of the parameters and of the batch's job.
type Terms struct {
	AcceptBlocks    int64
	LeaseBlocks     int64
	OpenBlocks      int64
	ChallengeBlocks int64
	DemandBlocks    int64
	AuditBlocks     int64
	DataBlocks      int64
	VerdictBlocks   int64
	WithheldBlocks  int64
	CoinHeights     uint32
	MaxDisputes     uint32
	GasLimit        uint64 // of a unit
	JobDeadline     int64
	// EarnsStanding tells that the job's price is high enough for its audits to count.
	EarnsStanding bool
}

// NewTerms takes the terms from the parameters and a job.
func NewTerms(p Params, job Job) Terms {
	return Terms{
		AcceptBlocks:    p.AcceptBlocks,
		LeaseBlocks:     p.LeaseBlocks,
		OpenBlocks:      p.OpenBlocks,
		ChallengeBlocks: p.ChallengeBlocks,
		DemandBlocks:    p.DemandBlocks,
		AuditBlocks:     p.AuditBlocks,
		DataBlocks:      p.DataBlocks,
		VerdictBlocks:   p.VerdictBlocks,
		WithheldBlocks:  p.WithheldBlocks,
		CoinHeights:     p.CoinHeights,
		MaxDisputes:     p.MaxDisputes,
		GasLimit:        job.Spec.GasLimit,
		JobDeadline:     job.Spec.Deadline,
		EarnsStanding:   job.Spec.MaxPrice.GTE(p.StandingPrice),
	}
}

// inTime refuses messages past the batch's deadline.
func (at At) inTime(b Batch) error {
	if at.Height > b.Deadline {
		return ErrLate.Wrapf("%s: deadline %d, this is height %d", b.Label(), b.Deadline, at.Height)
	}
	return nil
}

// due refuses to end what still has time.
func (at At) due(b Batch) error {
	if at.Height < b.Deadline {
		return ErrNotDue.Wrapf("%s: deadline %d, this is height %d", b.Label(), b.Deadline, at.Height)
	}
	return nil
}

// in refuses events that are no row for the batch's state.
func (b Batch) in(event Event, states ...BatchState) error {
	for _, s := range states {
		if b.State == s {
			return nil
		}
	}
	return ErrTransition.Wrapf("%s in %s: no %s", b.Label(), b.State.Short(), event.Name())
}

// heldBy refuses messages about another epoch, and from a worker that does not hold this one.
func (b Batch) heldBy(worker string, epoch uint32) error {
	if err := b.inEpoch(epoch); err != nil {
		return err
	}
	if !b.State.Held() || b.Lease.Worker != worker {
		return ErrNoLease.Wrapf("%s, worker %s", b.Label(), worker)
	}
	return nil
}

func (b Batch) inEpoch(epoch uint32) error {
	if b.Epoch != epoch {
		return ErrWrongEpoch.Wrapf("%s, not %d", b.Label(), epoch)
	}
	return nil
}

// to moves a batch to a state with the height at which that state runs out.
func (b Batch) to(state BatchState, deadline int64) Batch {
	b.State, b.Deadline = state, deadline
	return b
}

// requeued is the batch as it waits for the lease of its next epoch.
func (b Batch) requeued(t Terms) Batch {
	return Batch{
		JobId:    b.JobId,
		Index:    b.Index,
		Units:    b.Units,
		Epoch:    b.Epoch + 1,
		State:    BATCH_STATE_QUEUED,
		Deadline: t.JobDeadline,
	}
}

// bonded returns a copy of the lease with its bond marked as locked or not.
func (l *Lease) bonded(locked bool) *Lease {
	c := *l
	c.Bonded = locked
	return &c
}
