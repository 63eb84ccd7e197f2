package types

import (
	"fmt"
	"strings"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

// NewBatch is a batch of a job at its first draw.
func NewBatch(job Job, index, units uint32) Batch {
	return Batch{JobId: job.Id, Index: index, Units: units, State: BATCH_STATE_QUEUED, Deadline: job.Spec.Deadline}
}

// Label names the batch and its epoch in messages to people.
func (b Batch) Label() string {
	return fmt.Sprintf("job %d batch %d epoch %d", b.JobId, b.Index, b.Epoch)
}

// Live tells that the batch is neither Final nor Ended.
func (b Batch) Live() bool { return b.State != BATCH_STATE_FINAL && b.State != BATCH_STATE_ENDED }

// Deposit is what the batch's demand deposited, 0 where there is none.
func (b Batch) Deposit() math.Int {
	if b.Demand == nil {
		return math.ZeroInt()
	}
	return b.Demand.Deposit
}

// Earmarked is what the job's escrow sets aside for the batch's audits, in udmc.
func (b Batch) Earmarked() math.Int {
	if b.Selection == nil {
		return math.ZeroInt()
	}
	return b.Selection.Earmarked
}

// WithEarmarked returns the batch with what is set aside for its audits; without audits that is nothing.
func (b Batch) WithEarmarked(amount math.Int) Batch {
	if b.Selection == nil {
		return b
	}
	return b.selected(func(s *Selection) { s.Earmarked = amount })
}

// Tosses tells that the batch's coins are tossed.
func (b Batch) Tosses() bool {
	return b.State == BATCH_STATE_COMMITTED && b.Commitment.CoinThreshold > 0
}

// CoinHits tells whether the coin of a live height selects the batch. live counts the live heights up to it. A certain
// coin hits at the last of its heights whatever the seed.
func (b Batch) CoinHits(height int64, live uint64, seed protocol.Hash) bool {
	c := b.Commitment
	if height <= c.CoinsAfter() || live > c.LiveTarget {
		return false
	}
	if live == c.LiveTarget && c.AuditBps == protocol.BasisPoints {
		return true
	}
	id := protocol.RandomID{Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	return protocol.CoinHits(protocol.Random(seed, protocol.PurposeCoin, id), c.CoinThreshold)
}

// CoinsAfter is the height behind which the coins are tossed: the commit's, or that at which the key was shown.
func (c Commitment) CoinsAfter() int64 { return max(c.Height, c.KeyShownHeight) }

// Holder is the worker that has the batch, empty where there is none.
func (b Batch) Holder() string {
	if b.State.Held() {
		return b.Lease.Worker
	}
	return ""
}

// Held tells that a worker has batches in this state: offered, leased, or committed and not final.
func (s BatchState) Held() bool {
	switch s {
	case BATCH_STATE_OFFERED, BATCH_STATE_LEASED:
		return true
	}
	return s.Committed() && s != BATCH_STATE_FINAL && s != BATCH_STATE_WITHHELD
}

// Committed tells that batches in this state are bound to results.
func (s BatchState) Committed() bool {
	switch s {
	case BATCH_STATE_COMMITTED, BATCH_STATE_AUDIT_WAIT, BATCH_STATE_OPENING, BATCH_STATE_WITHHELD:
		return true
	}
	return s.Opened()
}

// Opened tells that the results of batches in this state are known.
func (s BatchState) Opened() bool {
	switch s {
	case BATCH_STATE_CHALLENGE, BATCH_STATE_DEMANDED, BATCH_STATE_DISPUTED, BATCH_STATE_VOTING, BATCH_STATE_FRAUD, BATCH_STATE_FINAL:
		return true
	}
	return false
}

// Unleased tells that nobody works on batches in this state: what a job's end ends.
func (s BatchState) Unleased() bool { return s == BATCH_STATE_QUEUED || s == BATCH_STATE_OFFERED }

// Short is the state's name as people read it, AuditWait for BATCH_STATE_AUDIT_WAIT.
func (s BatchState) Short() string {
	var name strings.Builder
	for word := range strings.SplitSeq(strings.TrimPrefix(s.String(), "BATCH_STATE_"), "_") {
		name.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	return name.String()
}
