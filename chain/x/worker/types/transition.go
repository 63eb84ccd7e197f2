package types

import (
	"math"

	errorsmod "cosmossdk.io/errors"
	sdkmath "cosmossdk.io/math"
)

// The methods of this file return the worker as it is after an event, or an error and an unusable worker.
// They know no store; slots are fitted to the result by the keeper.

// AddBond raises the bond by an amount of udmc.
func (w Worker) AddBond(amount sdkmath.Int) (_ Worker, err error) {
	w.Bond, err = add(w.Bond, amount)
	return w, err
}

// Withdraw lowers the bond. It returns ErrInsufficientBond for more than what is not locked.
func (w Worker) Withdraw(amount sdkmath.Int) (_ Worker, err error) {
	if w.Free().LT(amount) {
		return w, errorsmod.Wrapf(ErrInsufficientBond,
			"%s of %s udmc are locked: withdraw at most %s now and the rest once leases and lapses have ended", w.Locked, w.Bond, w.Free())
	}
	w.Bond, err = subtract("bond", w.Bond, amount)
	return w, err
}

// Pause takes the worker out of the draw on its own wish.
func (w Worker) Pause() (Worker, error) {
	if err := w.CheckFit(); err != nil {
		return w, err
	}
	if w.Status == WORKER_STATUS_PAUSED {
		return w, errorsmod.Wrap(ErrWrongStatus, "already paused: resume it to be drawn again")
	}
	w.Status = WORKER_STATUS_PAUSED
	return w, nil
}

// Resume puts the worker back into the draw and forgets the offers that it missed. A jailed worker comes back once its jail is over, at a
// height; a tombstoned one never does.
func (w Worker) Resume(height int64) (Worker, error) {
	if w.Punished() && (w.Status == WORKER_STATUS_TOMBSTONED || height < w.JailUntil) {
		return w, w.CheckFit()
	}
	if w.Status == WORKER_STATUS_ACTIVE {
		return w, errorsmod.Wrap(ErrWrongStatus, "already active: there is nothing to resume")
	}
	w.Status = WORKER_STATUS_ACTIVE
	w.Missed = 0
	return w, nil
}

// Reserve counts an offer whose lease will lock the amount. Whom to offer to is decided by the draw.
func (w Worker) Reserve(amount sdkmath.Int) (_ Worker, err error) {
	if w.Load == math.MaxUint32 {
		return w, errorsmod.Wrap(ErrInconsistent, "the load is full")
	}
	w.Load++
	w.Reserved, err = add(w.Reserved, amount)
	return w, err
}

// Release takes back an offer that did not become a lease.
func (w Worker) Release(amount sdkmath.Int) (_ Worker, err error) {
	if w.Reserved, err = subtract("reserved bond", w.Reserved, amount); err != nil {
		return w, err
	}
	return w.EndLease()
}

// Lock turns an offer into a lease. It returns ErrInsufficientBond if the bond was withdrawn meanwhile.
func (w Worker) Lock(p Params, amount sdkmath.Int) (_ Worker, err error) {
	if w.Reserved, err = subtract("reserved bond", w.Reserved, amount); err != nil {
		return w, err
	}
	if lockable := w.Lockable(p); lockable.LT(amount) {
		return w, errorsmod.Wrapf(ErrInsufficientBond,
			"the lease locks %s udmc and %s of the bond can be locked: bond at least %s more", amount, lockable, missingBond(w, p, amount))
	}
	w.Locked, err = add(w.Locked, amount)
	return w, err
}

// missingBond is what must be bonded so that the amount can be locked: ceil((locked+amount)*10000/lease_lock_bps) - bond.
func missingBond(w Worker, p Params, amount sdkmath.Int) sdkmath.Int {
	bps := int64(p.LeaseLockBps)
	needed := w.Locked.Add(amount).MulRaw(BasisPoints).AddRaw(bps - 1).QuoRaw(bps)
	return needed.Sub(w.Bond)
}

// LockDeposit locks free bond, also the part that leases may not lock.
func (w Worker) LockDeposit(amount sdkmath.Int) (_ Worker, err error) {
	if err := w.CheckFit(); err != nil {
		return w, err
	}
	if w.Free().LT(amount) {
		return w, errorsmod.Wrapf(ErrInsufficientBond,
			"the deposit is %s udmc and %s of the bond are free: bond at least %s more", amount, w.Free(), amount.Sub(w.Free()))
	}
	w.Locked, err = add(w.Locked, amount)
	return w, err
}

// EndLease counts a batch less.
func (w Worker) EndLease() (Worker, error) {
	if w.Load == 0 {
		return w, errorsmod.Wrap(ErrInconsistent, "a worker without load ends a lease")
	}
	w.Load--
	return w, nil
}

// Unlock frees locked bond.
func (w Worker) Unlock(amount sdkmath.Int) (_ Worker, err error) {
	w.Locked, err = subtract("locked bond", w.Locked, amount)
	return w, err
}

// Lapse counts a lease that ran out. Its bond stays locked until the lapse is released.
func (w Worker) Lapse(amount sdkmath.Int) (Worker, error) {
	if err := CheckAmount(amount); err != nil {
		return w, err
	}
	if w.Locked.LT(amount) {
		return w, errorsmod.Wrapf(ErrInconsistent, "a lapse holds %s udmc and %s are locked", amount, w.Locked)
	}
	return w.lessAvailable(), nil
}

// MissOffer counts an offer that was not accepted in time and sets an active worker aside at the limit.
func (w Worker) MissOffer(p Params) Worker {
	w = w.lessAvailable()
	if w.Missed < math.MaxUint32 {
		w.Missed++
	}
	if w.Missed >= p.MissedLimit && w.Status == WORKER_STATUS_ACTIVE {
		w.Status = WORKER_STATUS_SET_ASIDE
	}
	return w
}

// Responded forgets the offers that were missed.
func (w Worker) Responded() Worker {
	w.Missed = 0
	return w
}

// NotOpened counts a batch that was committed and never opened.
func (w Worker) NotOpened() Worker { return w.lessAvailable() }

// Final counts a batch that reached Final.
func (w Worker) Final() (Worker, error) {
	if w.BatchesFinal == math.MaxUint64 {
		return w, errorsmod.Wrap(ErrInconsistent, "the count of final batches is full")
	}
	w.BatchesFinal++
	return w.moreAvailable(), nil
}

// AuditPosted counts an audit that was posted in time.
func (w Worker) AuditPosted() Worker { return w.moreAvailable() }

// AuditMissed counts an audit that was not posted in time.
func (w Worker) AuditMissed() Worker { return w.lessAvailable() }

// AuditMatched counts an audit of the worker's batch that agreed with it.
func (w Worker) AuditMatched() (Worker, error) {
	if w.Standing == math.MaxUint64 {
		return w, errorsmod.Wrap(ErrInconsistent, "the standing is full")
	}
	w.Standing++
	return w, nil
}

// PayLocked takes an amount out of the locked bond.
func (w Worker) PayLocked(amount sdkmath.Int) (_ Worker, err error) {
	if w.Locked, err = subtract("locked bond", w.Locked, amount); err != nil {
		return w, err
	}
	w.Bond, err = subtract("bond", w.Bond, amount)
	return w, err
}
