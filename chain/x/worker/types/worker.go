package types

import "cosmossdk.io/math"

const (
	// InitialAvailability is what a worker starts with.
	InitialAvailability = 5_000
	// MaxAvailability is the upper end of the scale of availability.
	MaxAvailability = 10_000

	baseReputation      = 1_000
	reputationBatches   = 1_000
	availabilityDivisor = 16
)

// Free is the bond (udmc) that is not locked and can be withdrawn.
func (w Worker) Free() math.Int { return w.Bond.Sub(w.Locked) }

// Lockable is the bond (udmc) that leases can still lock, offers not counted: bond*lease_lock_bps/10000 - locked, at least 0.
func (w Worker) Lockable(p Params) math.Int {
	limit := w.Bond.MulRaw(int64(p.LeaseLockBps)).QuoRaw(BasisPoints)
	return math.MaxInt(limit.Sub(w.Locked), math.ZeroInt())
}

// Leasable is the bond (udmc) that a further offer can count on: bond*lease_lock_bps/10000 - locked - reserved, at least 0.
func (w Worker) Leasable(p Params) math.Int {
	return math.MaxInt(w.Lockable(p).Sub(w.Reserved), math.ZeroInt())
}

// Reputation is 1,000 + availability*min(batches final, 1,000)/1,000.
func (w Worker) Reputation() uint64 {
	return baseReputation + uint64(w.Availability)*min(w.BatchesFinal, reputationBatches)/reputationBatches
}

// WantedLots is the number of slots that the worker is due: one for each full lot, at most max_lots, none unless active.
func (w Worker) WantedLots(p Params) uint64 {
	if w.Status != WORKER_STATUS_ACTIVE {
		return 0
	}
	lots := w.Bond.Quo(p.Lot)
	if !lots.IsUint64() {
		return p.MaxLots
	}
	return min(lots.Uint64(), p.MaxLots)
}

// Terms are what the worker offers, as registered.
func (w Worker) Terms() Terms {
	return Terms{
		EncryptionKey: w.EncryptionKey, Ask: w.Ask, Rate: w.Rate, Memory: w.Memory, Features: w.Features,
		Modules: w.Modules, MaxGasLimit: w.MaxGasLimit,
	}
}

// WithTerms returns the worker with other terms.
func (w Worker) WithTerms(t Terms) Worker {
	w.EncryptionKey, w.Ask, w.Rate, w.Memory, w.Features = t.EncryptionKey, t.Ask, t.Rate, t.Memory, t.Features
	w.Modules, w.MaxGasLimit = t.Modules, t.MaxGasLimit
	return w
}

func (w Worker) moreAvailable() Worker {
	w.Availability += ceilShare(MaxAvailability - w.Availability)
	return w
}

func (w Worker) lessAvailable() Worker {
	w.Availability -= ceilShare(w.Availability)
	return w
}

// ceilShare is a sixteenth of a distance, rounded up, so that both ends of the scale are reached.
func ceilShare(distance uint32) uint32 {
	return (distance + availabilityDivisor - 1) / availabilityDivisor
}
