package types

import (
	"fmt"
	"strings"

	"cosmossdk.io/math"
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
	case BATCH_STATE_OFFERED, BATCH_STATE_LEASED, BATCH_STATE_COMMITTED, BATCH_STATE_OPENING, BATCH_STATE_CHALLENGE,
		BATCH_STATE_DEMANDED:
		return true
	}
	return false
}

// Unleased tells that nobody works on batches in this state: what a job's end ends.
func (s BatchState) Unleased() bool { return s == BATCH_STATE_QUEUED || s == BATCH_STATE_OFFERED }

// Short is the state's name as people read it, Queued for BATCH_STATE_QUEUED.
func (s BatchState) Short() string {
	name := strings.ToLower(strings.TrimPrefix(s.String(), "BATCH_STATE_"))
	return strings.ToUpper(name[:1]) + name[1:]
}
