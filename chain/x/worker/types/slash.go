package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// tombstoneFrauds is the number of frauds after which a worker is never drawn again.
const tombstoneFrauds = 2

// Loss is an amount (udmc) that somebody lost, for what, over which lease, and who gets shares of it.
type Loss struct {
	Kind   SlashKind
	Owner  string
	Amount math.Int
	Ref    BatchRef
	Shares []SlashShare
}

// Validate returns ErrInvalidSlash for a loss that no record can be made of.
func (l Loss) Validate() error {
	if l.Kind < SLASH_KIND_LEAF || l.Kind > SLASH_KIND_CHALLENGE {
		return errorsmod.Wrapf(ErrInvalidSlash, "kind %d", l.Kind)
	}
	if err := CheckPositive(l.Amount); err != nil {
		return errorsmod.Wrap(ErrInvalidSlash, err.Error())
	}
	rest := l.Amount
	for _, share := range l.Shares {
		if err := CheckAmount(share.Amount); err != nil {
			return errorsmod.Wrapf(ErrInvalidSlash, "share of %s: %s", share.Recipient, err)
		}
		if share.Role < SLASH_ROLE_PROVER || share.Role > SLASH_ROLE_OPPONENT {
			return errorsmod.Wrapf(ErrInvalidSlash, "share of %s: role %d", share.Recipient, share.Role)
		}
		rest = rest.Sub(share.Amount)
	}
	if rest.IsNegative() {
		return errorsmod.Wrapf(ErrInvalidSlash, "shares are %s udmc more than the amount of %s", rest.Neg(), l.Amount)
	}
	return nil
}

// Loss is what the slash was made of.
func (s Slash) Loss() Loss {
	return Loss{
		Kind: s.Kind, Owner: s.Owner, Amount: s.Amount, Shares: s.Shares,
		Ref: BatchRef{JobID: s.JobId, Batch: s.Batch, Epoch: s.Epoch},
	}
}

// Burned is what is left of the amount when all shares are paid.
func (s Slash) Burned() math.Int {
	rest := s.Amount
	for _, share := range s.Shares {
		rest = rest.Sub(share.Amount)
	}
	return rest
}

// Ref names the lease that the slash is about.
func (s Slash) Ref() BatchRef { return s.Loss().Ref }

// proven tells that the kind is a fraud that a verdict proved, of which the second one tombstones. A batch that nobody opened is none.
func (k SlashKind) proven() bool { return k == SLASH_KIND_LEAF || k == SLASH_KIND_AUDIT }

// bonded tells that amounts of the kind come from a worker's bond.
func (k SlashKind) bonded() bool { return k != SLASH_KIND_CHALLENGE }

// Bonded tells that the amount came from a worker's bond and goes back there when it is reversed.
func (s Slash) Bonded() bool { return s.Kind.bonded() }

// Forfeit takes a locked amount out of the bond.
func (w Worker) Forfeit(amount math.Int) (_ Worker, err error) {
	if w.Locked, err = subtract("locked bond", w.Locked, amount); err != nil {
		return w, err
	}
	w.Bond, err = subtract("bond", w.Bond, amount)
	return w, err
}

// Punish takes the worker's standing and keeps it out of every draw: jailed for jail_blocks, or for good after a second fraud that
// was proven. It returns what the worker had before, for a reversal.
func (w Worker) Punish(p Params, kind SlashKind, height int64) (Worker, SlashRecord) {
	before := SlashRecord{Status: w.Status, Standing: w.Standing, JailUntil: w.JailUntil}
	if kind.proven() {
		w.Frauds++
	}
	w.Standing = 0
	w.JailUntil = max(w.JailUntil, height+p.JailBlocks)
	w.Status = WORKER_STATUS_JAILED
	if w.Frauds >= tombstoneFrauds {
		w.Status = WORKER_STATUS_TOMBSTONED
	}
	return w, before
}

// Pardon is the worker as if a slash had not been, with its amount back in the bond. A later slash of the same worker, which rests on this one, is
// returned as it has to be stored instead; next is nil where there is none.
func (w Worker) Pardon(s Slash, next *Slash) (Worker, *Slash, error) {
	if s.Before == nil {
		return w, nil, errorsmod.Wrapf(ErrInconsistent, "slash %d has no record of worker %s", s.Id, w.Owner)
	}
	w, err := w.AddBond(s.Amount)
	if err != nil {
		return w, nil, err
	}
	if s.Kind.proven() {
		if w.Frauds == 0 {
			return w, nil, errorsmod.Wrapf(ErrInconsistent, "worker %s has no fraud to pardon", w.Owner)
		}
		w.Frauds--
	}
	if next != nil {
		later := s.inherit(*next)
		next = &later
	} else {
		w.Standing += s.Before.Standing
		w.JailUntil = s.Before.JailUntil
		if w.Punished() {
			w.Status = s.Before.Status
		}
	}
	if w.Status == WORKER_STATUS_TOMBSTONED && w.Frauds < tombstoneFrauds {
		w.Status = WORKER_STATUS_JAILED
	}
	return w, next, nil
}

// inherit passes what a slash took on to the later one, whose punishment stays.
func (s Slash) inherit(later Slash) Slash {
	before := *later.Before
	before.Standing += s.Before.Standing
	before.JailUntil = s.Before.JailUntil
	if before.Status.punished() {
		before.Status = s.Before.Status
	}
	later.Before = &before
	return later
}

// Punished tells that the worker is jailed or tombstoned.
func (w Worker) Punished() bool { return w.Status.punished() }

func (s WorkerStatus) punished() bool {
	return s == WORKER_STATUS_JAILED || s == WORKER_STATUS_TOMBSTONED
}

// CheckFit returns ErrJailed for a worker that may take no work now, and when it may again.
func (w Worker) CheckFit() error {
	switch w.Status {
	case WORKER_STATUS_TOMBSTONED:
		return errorsmod.Wrapf(ErrJailed, "worker %s was tombstoned for a second fraud and takes no work any more", w.Owner)
	case WORKER_STATUS_JAILED:
		return errorsmod.Wrapf(ErrJailed, "worker %s was slashed and takes no work: resume it from height %d on", w.Owner, w.JailUntil)
	}
	return nil
}
