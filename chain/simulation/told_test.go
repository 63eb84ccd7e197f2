package simulation

import (
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// told has workers, audits and settled units as their events alone tell of them, as an indexer does.
type told struct {
	workers map[string]workertypes.Worker
	audits  map[auditID]audittypes.Audit
	settled map[epochID][]uint32
}

func newTold() told {
	return told{map[string]workertypes.Worker{}, map[auditID]audittypes.Audit{}, map[epochID][]uint32{}}
}

// read follows the events of a block.
func (t *told) read(list []event) {
	change := func(owner string, do func(*workertypes.Worker)) {
		if k, ok := t.workers[owner]; ok {
			do(&k)
			t.workers[owner] = k
		}
	}
	for _, e := range list {
		switch typed := e.Message.(type) {
		case *workertypes.EventWorkerRegistered:
			t.workers[typed.Worker.Owner] = typed.Worker
		case *workertypes.EventWorkerUpdated:
			t.workers[typed.Worker.Owner] = typed.Worker
		case *workertypes.EventWorkerStatusChanged:
			change(typed.Owner, func(k *workertypes.Worker) { k.Status, k.JailUntil = typed.NewStatus, typed.JailUntil })
		case *workertypes.EventBondChanged:
			bond, _ := math.NewIntFromString(typed.NewBond)
			locked, _ := math.NewIntFromString(typed.NewLocked)
			change(typed.Owner, func(k *workertypes.Worker) { k.Bond, k.Locked, k.Lots = bond, locked, typed.Lots })
		case *workertypes.EventLoadChanged:
			change(typed.Owner, func(k *workertypes.Worker) { k.Load = typed.NewLoad })
		case *workertypes.EventReputationChanged:
			change(typed.Owner, func(k *workertypes.Worker) {
				k.Availability, k.BatchesFinal, k.Missed = typed.NewAvailability, typed.BatchesFinal, typed.Missed
			})
		case *workertypes.EventStandingChanged:
			change(typed.Owner, func(k *workertypes.Worker) { k.Standing, k.Frauds = typed.NewStanding, typed.NewFrauds })
		case *audittypes.EventAuditStateChanged:
			a := typed.Audit
			t.audits[auditID{epochID{batchID{a.JobId, a.Batch}, a.Epoch}, a.Index}] = a
		case *audittypes.EventAuditPaid:
			id := auditID{epochID{batchID{typed.JobId, typed.Batch}, typed.Epoch}, typed.Index}
			if a, ok := t.audits[id]; ok {
				a.Paid = true
				t.audits[id] = a
			}
		case *audittypes.EventAuditEnded:
			delete(t.audits, auditID{epochID{batchID{typed.JobId, typed.Batch}, typed.Epoch}, typed.Index})
		case *tasktypes.EventUnitSettled:
			id := epochID{batchID{typed.JobId, typed.Batch}, typed.Epoch}
			t.settled[id] = append(t.settled[id], typed.Unit)
		}
	}
}

// checkTold compares what events told with the state: a change without an event would never be seen.
func (w *world) checkTold() {
	w.Helper()
	for _, k := range w.state.worker.Workers {
		is, ok := w.told.workers[k.Owner]
		require.True(w, ok, "worker %s", k.Owner)
		is.Reserved = k.Reserved // the bond of outstanding offers, which only the draw asks for
		require.Equal(w, k.String(), is.String())
	}
	require.Len(w, w.told.audits, len(w.state.audit.Audits))
	for _, a := range w.state.audit.Audits {
		is := w.told.audits[auditID{epochID{batchID{a.JobId, a.Batch}, a.Epoch}, a.Index}]
		is.BarrenDraws = a.BarrenDraws // counts tries of the draw, which nothing else asks for
		require.Equal(w, a.String(), is.String())
	}
	for _, batches := range [][]tasktypes.Batch{w.state.task.Batches, w.state.task.Withheld} {
		for _, b := range batches {
			require.Equal(w, b.SettledUnits, w.told.settled[epochID{batchID{b.JobId, b.Index}, b.Epoch}], b.Label())
		}
	}
}
