package simulation

import (
	"github.com/stretchr/testify/require"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

type epochID struct {
	batchID
	epoch uint32
}

// payAudit counts the fee of an audit, which is a job's where it comes out of the escrow.
func (w *world) payAudit(p *audittypes.EventAuditPaid) {
	w.Helper()
	if p.Source != "escrow" {
		return
	}
	require.False(w, w.books.paused[tasktypes.EscrowAccount], "paid while payouts are paused: %s", p)
	fee := w.amount(p.Fee)
	w.books.escrow.add(p.Auditor, fee)
	entry := w.books.jobs[p.JobId]
	entry.audits = entry.audits.Add(fee)
}

// stepWithheld is invariant 8 for an epoch beside its batch.
func (w *world) stepWithheld(e event, s *tasktypes.EventWithheldStateChanged) {
	w.Helper()
	b, id := &w.books, epochID{batchID{s.JobId, s.Batch}, s.Epoch}
	old := b.withheld[id]
	r := row{s.OldState, s.NewState, s.Cause}
	k, ok := withheldTable[r]
	require.True(w, ok, "no row of the table: %s", s)
	require.Equal(w, old.state, s.OldState, "%s", s)
	require.False(w, k.message && !e.message, "a message's row at the end of a block: %s", s)
	require.False(w, (k.due || k.free) && e.message, "an end's row by a message: %s", s)
	if k.message {
		require.LessOrEqual(w, w.height, old.deadline, "a message past the deadline: %s", s)
	}
	if k.due {
		require.GreaterOrEqual(w, w.height, old.deadline, "an end before the deadline: %s", s)
	}
	if k.due && !k.free {
		b.deadlines++
	}
	w.seen.rows["withheld "+r.String()]++
	if s.NewState == tasktypes.BATCH_STATE_ENDED {
		delete(b.withheld, id)
		return
	}
	b.withheld[id] = batchEntry{state: s.NewState, epoch: s.Epoch, deadline: s.Deadline}
}

// checkAudits is invariant 7: whoever audits is neither the worker nor the requester, and samples of one batch are
// disjoint where they can be.
func (w *world) checkAudits() {
	w.Helper()
	type place struct {
		epochID
		unit uint32
	}
	units := map[place]bool{}
	auditors := map[epochID]map[string]bool{}
	for _, a := range w.state.audit.Audits {
		id := epochID{batchID{a.JobId, a.Batch}, a.Epoch}
		job := w.jobOf(a.JobId)
		require.NotEqual(w, job.Requester, a.Auditor, a.Label())
		if a.Assigned() {
			if auditors[id] == nil {
				auditors[id] = map[string]bool{}
			}
			require.False(w, auditors[id][a.Auditor], "%s has two places", a.Label())
			auditors[id][a.Auditor] = true
		}
		first := a.Batch * job.Spec.BatchSize
		length := min(job.Spec.BatchSize, job.Spec.Units-first)
		disjoint := job.Spec.Assurance.Auditors*min(job.Spec.Assurance.Samples, length) <= length
		for _, unit := range a.Units {
			require.True(w, unit >= first && unit < first+length, a.Label())
			require.False(w, disjoint && units[place{id, unit}], "%s samples unit %d again", a.Label(), unit)
			units[place{id, unit}] = true
		}
	}
}
