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

// KeyShown lets a batch be opened whose key K was shown before its audits were over. It is selected if it was not.
type KeyShown struct {
	At
	Epoch uint32
	// Auditors is the number of audits of a batch that was not selected before.
	Auditors uint32
}

// Sampled fixes the units that are sampled of a batch that was not selected when its key was shown.
type Sampled struct {
	At
	// SeedHeight is the first live height after the key was shown.
	SeedHeight int64
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
func (Sampled) Name() string { return "sampled" }

// Name of the event.
func (WithheldTimedOut) Name() string { return "withheld_timed_out" }

func (e CoinHit) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_COMMITTED); err != nil {
		return b, nil, err
	}
	if e.SeedHeight <= b.Commitment.Height {
		return b, nil, ErrNotDue.Wrapf("%s was committed at height %d, the coin is of height %d", b.Label(), b.Commitment.Height, e.SeedHeight)
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
	if err := cmp.Or(b.inEpoch(e.Epoch), b.in(e, BATCH_STATE_COMMITTED, BATCH_STATE_AUDIT_WAIT)); err != nil {
		return b, nil, err
	}
	var effects Effects
	next := b
	if b.Selection == nil {
		next.Selection = &Selection{Auditors: e.Auditors, Earmarked: math.ZeroInt()}
		effects = Effects{Earmark{e.Auditors}}
	}
	next = next.selected(func(s *Selection) { s.KeyShown = true })
	return next.to(BATCH_STATE_OPENING, e.Height+e.Terms.OpenBlocks), append(effects, CloseAudits{}, LoseStanding{b.Lease.Worker}), nil
}

func (e Sampled) apply(b Batch) (Batch, Effects, error) {
	if err := b.in(e, BATCH_STATE_OPENING); err != nil {
		return b, nil, err
	}
	if b.Selection == nil || b.Selection.Height != 0 {
		return b, nil, ErrTransition.Wrapf("%s waits for no samples", b.Label())
	}
	return b.selected(func(s *Selection) { s.Height = e.SeedHeight }), nil, nil
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
