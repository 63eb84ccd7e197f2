package types

import "cosmossdk.io/math"

// Effect is one thing that has to happen together with a transition. The set is closed; the keeper performs a
// transition's effects in order, and the transition fails as a whole if one of them does.
type Effect interface{ isEffect() }

// Effects of one transition, in order.
type Effects []Effect

type (
	// ReserveBond records an offer with the worker.
	ReserveBond struct {
		Worker string
		Amount math.Int
	}
	// ReleaseBond records that an offer is gone without a lease.
	ReleaseBond struct {
		Worker string
		Amount math.Int
	}
	// LockBond turns the offer's reservation into locked bond.
	LockBond struct {
		Worker string
		Amount math.Int
	}
	// RelockBond locks bond that an opening in time would never have freed.
	RelockBond struct {
		Worker string
		Amount math.Int
	}
	// UnlockBond frees the lease's bond.
	UnlockBond struct {
		Worker string
		Amount math.Int
	}
	// EndLease takes the batch off the worker's load.
	EndLease struct{ Worker string }
	// RecordResponse records that the worker answered its offer.
	RecordResponse struct{ Worker string }
	// RecordMiss records that the worker let an offer pass.
	RecordMiss struct{ Worker string }
	// RecordLapse records that a lease ran out; its bond stays locked for a while.
	RecordLapse struct {
		Worker string
		Amount math.Int
	}
	// RecordNotOpened records that a commitment was not opened in time.
	RecordNotOpened struct{ Worker string }
	// RecordFinal records that the worker's batch is done.
	RecordFinal struct{ Worker string }
	// BarWorker keeps the worker from being drawn for the job, see Bar.
	BarWorker struct {
		Worker string
		Lapse  bool
	}
	// TakeDeposit moves a demand's deposit from the requester.
	TakeDeposit struct{ Amount math.Int }
	// PayDeposit moves a demand's deposit to whoever posted the output.
	PayDeposit struct {
		To     string
		Amount math.Int
	}
	// ReturnDeposit moves a demand's deposit back to the requester.
	ReturnDeposit struct{ Amount math.Int }
	// Earmark sets the largest fees of a number of audits aside in the job's escrow.
	Earmark struct{ Auditors uint32 }
	// ReleaseEarmark frees what is set aside for the batch's audits and was not paid.
	ReleaseEarmark struct{}
	// DrawAuditors draws a number of auditors for the batch, and their samples from the seed of a height.
	DrawAuditors struct {
		Auditors   uint32
		SeedHeight int64
	}
	// EndAuditRound records who is absent; others take their places, unless it was the last round.
	EndAuditRound struct{ Last bool }
	// SettleAudits pays the audits that stand, out of what is set aside, and frees the rest of it.
	SettleAudits struct{}
	// PayAuditsFromBond pays the audits of a batch that was not opened out of its worker's bond.
	PayAuditsFromBond struct {
		Worker string
		Amount math.Int
	}
	// EndAudits pays the audits that stand and are not paid yet, frees the rest of what is set aside, and the deposits.
	EndAudits struct{}
	// Withhold keeps a selected epoch that was not opened, with its bond, beside its batch that goes on.
	Withhold struct{ Batch Batch }
	// BurnBond slashes the bond of a selected epoch that was never opened.
	BurnBond struct {
		Worker string
		Amount math.Int
	}
	// QueueDispute lets a dispute wait for the referees.
	QueueDispute struct{ DisputeID uint64 }
	// EndDispute ends the dispute about a unit.
	EndDispute struct {
		Unit    DisputedUnit
		Outcome Outcome
	}
	// ForfeitBond slashes the bond of a batch of which a unit was refuted.
	ForfeitBond struct {
		Worker string
		Amount math.Int
		Unit   DisputedUnit
	}
	// RecordMatched records that a batch's audits matched.
	RecordMatched struct{ Worker string }
	// PayWork pays the worker, the author and the community out of the escrow.
	PayWork struct {
		Worker   string
		GasTotal uint64
		Ask      math.Int
	}
)

// Outcome is how a dispute about a unit ended.
type Outcome int

// The outcomes.
const (
	// OutcomeForWorker is a verdict for the worker's leaf.
	OutcomeForWorker Outcome = iota + 1
	// OutcomeAgainstWorker is a verdict for another leaf.
	OutcomeAgainstWorker
	// OutcomeNoVerdict is no verdict in time.
	OutcomeNoVerdict
	// OutcomeNoInput is no input in time; there is no dispute in x/audit.
	OutcomeNoInput
	// OutcomeMoot is the end of a batch of which another unit was refuted.
	OutcomeMoot
)

func (Earmark) isEffect()           {}
func (ReleaseEarmark) isEffect()    {}
func (DrawAuditors) isEffect()      {}
func (EndAuditRound) isEffect()     {}
func (SettleAudits) isEffect()      {}
func (PayAuditsFromBond) isEffect() {}
func (EndAudits) isEffect()         {}
func (Withhold) isEffect()          {}
func (BurnBond) isEffect()          {}
func (QueueDispute) isEffect()      {}
func (EndDispute) isEffect()        {}
func (ForfeitBond) isEffect()       {}
func (RecordMatched) isEffect()     {}

func (ReserveBond) isEffect()     {}
func (ReleaseBond) isEffect()     {}
func (LockBond) isEffect()        {}
func (RelockBond) isEffect()      {}
func (UnlockBond) isEffect()      {}
func (EndLease) isEffect()        {}
func (RecordResponse) isEffect()  {}
func (RecordMiss) isEffect()      {}
func (RecordLapse) isEffect()     {}
func (RecordNotOpened) isEffect() {}
func (RecordFinal) isEffect()     {}
func (BarWorker) isEffect()       {}
func (TakeDeposit) isEffect()     {}
func (PayDeposit) isEffect()      {}
func (ReturnDeposit) isEffect()   {}
func (PayWork) isEffect()         {}
