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
	// PayWork pays the worker, the author and the community out of the escrow.
	PayWork struct {
		Worker   string
		GasTotal uint64
		Ask      math.Int
	}
)

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
