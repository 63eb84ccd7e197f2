package types

import (
	"cmp"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

// CoinHit selects a committed batch for an audit.
type CoinHit struct {
	At
	// SeedHeight is the height whose seed hit.
	SeedHeight int64
	// Auditors is the number of auditors that are drawn.
	Auditors uint32
}

// AuditPosted counts an audit whose auditor is bound to its results. With the last one the batch can be opened.
type AuditPosted struct {
	At
	Epoch uint32
}

// AuditorsMissing gives up audits for which nobody could be drawn.
type AuditorsMissing struct {
	At
	Missing uint32
}

// AuditRoundEnded draws others in the place of absent auditors, or lets the batch be opened after the last round.
type AuditRoundEnded struct{ At }

// KeyShown makes the audit of a batch certain whose key K was shown before its coin hit: its coins are tossed anew, at the
// heights that follow.
type KeyShown struct {
	At
	Epoch uint32
	// LiveCount of the beacon at this height.
	LiveCount uint64
	// CoinThreshold is what each height's coin is compared with for a certain audit.
	CoinThreshold uint64
}

// WithheldTimedOut ends a selected epoch that nobody opened.
type WithheldTimedOut struct{ At }

// Name of the event.
func (CoinHit) Name() string { return "coin_hit" }

// Name of the event.
func (AuditPosted) Name() string { return "audit_posted" }

// Name of the event.
func (AuditorsMissing) Name() string { return "auditors_missing" }

// Name of the event.
func (AuditRoundEnded) Name() string { return "audit_round_ended" }

// Name of the event.
func (KeyShown) Name() string { return "key_shown" }

// Name of the event.
func (WithheldTimedOut) Name() string { return "withheld_timed_out" }

func (e CoinHit) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_COMMITTED); err != nil {
		return b, nil, err
	}
	if after := b.Commitment.CoinsAfter(); e.SeedHeight <= after {
		return b, nil, ErrNotDue.Wrapf("%s: its coins are of heights behind %d, not of height %d", b.Label(), after, e.SeedHeight)
	}
	next := b.to(BATCH_STATE_AUDIT_WAIT, e.Height+e.Terms.AuditBlocks)
	next.Selection = &Selection{Height: e.SeedHeight, Auditors: e.Auditors, Earmarked: math.ZeroInt()}
	return next, Effects{Earmark{e.Auditors}, DrawAuditors{e.Auditors, e.SeedHeight}}, nil
}

func (e AuditPosted) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_AUDIT_WAIT), e.inTime(b)); err != nil {
		return b, nil, err
	}
	next := b.selected(func(s *Selection) { s.Posted++ })
	return next.audited(e.At), nil, nil
}

func (e AuditorsMissing) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_AUDIT_WAIT); err != nil {
		return b, nil, err
	}
	if waiting := b.Selection.Auditors - b.Selection.Posted; e.Missing > waiting {
		return b, nil, ErrInvariant.Wrapf("%s waits for %d auditors and %d are missing", b.Label(), waiting, e.Missing)
	}
	next := b.selected(func(s *Selection) { s.Auditors -= e.Missing })
	return next.audited(e.At), nil, nil
}

func (e AuditRoundEnded) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_AUDIT_WAIT), e.due(b)); err != nil {
		return b, nil, err
	}
	if b.Selection.Round+1 < protocol.MaxAuditRounds {
		next := b.selected(func(s *Selection) { s.Round++ })
		return next.to(BATCH_STATE_AUDIT_WAIT, e.Height+e.Terms.AuditBlocks), Effects{EndAuditRound{}}, nil
	}
	next := b.selected(func(s *Selection) { s.Auditors = s.Posted })
	return next.audited(e.At), Effects{EndAuditRound{Last: true}}, nil
}

func (e KeyShown) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_COMMITTED)); err != nil {
		return b, nil, err
	}
	if shown := b.Commitment.KeyShownHeight; shown != 0 {
		return b, nil, ErrKeyShown.Wrapf("%s at height %d", b.Label(), shown)
	}
	commitment := *b.Commitment
	commitment.KeyShownHeight = e.Height
	commitment.AuditBps, commitment.CoinThreshold = protocol.BasisPoints, e.CoinThreshold
	commitment.LiveTarget = e.LiveCount + uint64(e.Terms.CoinHeights)
	next := b.to(BATCH_STATE_COMMITTED, e.Height+int64(e.Terms.CoinHeights))
	next.Commitment = &commitment
	return next, nil, nil
}

func (e WithheldTimedOut) apply(b Batch) (Batch, Effects, error) {
	if err := cmp.Or(b.in(e, BATCH_STATE_WITHHELD), e.due(b)); err != nil {
		return b, nil, err
	}
	return b.to(BATCH_STATE_ENDED, 0), Effects{BurnBond{b.Lease.Worker, b.Lease.Bond}, EndAudits{}}, nil
}

// selected returns the batch with a changed selection.
func (b Batch) selected(change func(*Selection)) Batch {
	s := *b.Selection
	change(&s)
	b.Selection = &s
	return b
}

// audited lets a batch be opened once nobody is waited for.
func (b Batch) audited(at At) Batch {
	if b.Selection.Posted < b.Selection.Auditors {
		return b
	}
	return b.to(BATCH_STATE_OPENING, at.Height+at.Terms.OpenBlocks)
}

// withheld is the selected epoch of a queued batch that was not opened in time, as it goes on beside its batch.
func (b Batch) withheld() Effects {
	if b.Selection == nil {
		return nil
	}
	return Effects{Withhold{Batch{
		JobId:      b.JobId,
		Index:      b.Index,
		Units:      b.Units,
		Epoch:      b.LateOpen - 1,
		State:      BATCH_STATE_WITHHELD,
		Deadline:   b.Selection.WithheldUntil,
		Lease:      b.Lease,
		Commitment: b.Commitment,
		Selection:  b.Selection,
		Detached:   true,
	}}}
}
