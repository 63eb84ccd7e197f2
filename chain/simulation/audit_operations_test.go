package simulation

import (
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// audit is a random audit that waits for its auditor, or now and then any.
func (w *world) audit() (audittypes.Audit, bool) {
	all := w.state.audit.Audits
	if len(all) == 0 {
		return audittypes.Audit{}, false
	}
	if w.r.IntN(20) == 0 {
		return pick(w.r, all), true
	}
	var drawn []audittypes.Audit
	for _, a := range all {
		if a.State == audittypes.AUDIT_STATE_DRAWN {
			drawn = append(drawn, a)
		}
	}
	if len(drawn) == 0 {
		return audittypes.Audit{}, false
	}
	return pick(w.r, drawn), true
}

// auditor is the worker that an audit was given to, anyone where it was not.
func (w *world) auditor(a audittypes.Audit) *worker {
	for _, k := range w.workers {
		if k.owner.text == a.Auditor {
			return k
		}
	}
	return pick(w.r, w.workers)
}

func (w *world) postAudit() (*account, []sdk.Msg) {
	a, ok := w.audit()
	k := w.auditor(a)
	if !ok || !w.chance(k.habits.audit) {
		return nil, nil
	}
	operator := w.operator(k)
	msg := &audittypes.MsgPostAudit{Operator: operator.text, JobId: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Index: a.Index}
	account, err := protocol.AccountFromBytes(k.owner.addr)
	require.NoError(w, err)
	wrong, copies := w.chance(k.habits.wrong), w.chance(40)
	made := w.made(a.JobId, a.Batch, a.Epoch)
	for _, unit := range a.Units {
		mine := leaf(w.jobOf(a.JobId), unit)
		if first := a.Batch * w.jobOf(a.JobId).Spec.BatchSize; wrong && copies && made != nil {
			mine = made[unit-first]
		}
		encoded, err := mine.Protocol()
		require.NoError(w, err)
		if wrong && !copies {
			encoded.Gas++
		}
		hash := protocol.AuditHash(account, encoded.Preimage(a.JobId, unit))
		msg.Hashes = append(msg.Hashes, hash[:])
	}
	return does(operator, msg)
}

// made are the leaves of the batch that somebody audits, nil where it went on.
func (w *world) made(job uint64, batch, epoch uint32) []tasktypes.Leaf {
	for _, b := range w.state.task.Batches {
		if b.JobId == job && b.Index == batch && b.Epoch == epoch && b.Lease != nil {
			return w.compute(b).leaves
		}
	}
	return nil
}

// showKey is done by somebody who was given the key of a batch that is not open yet.
func (w *world) showKey() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_COMMITTED, tasktypes.BATCH_STATE_AUDIT_WAIT)
	if !ok {
		return nil, nil
	}
	done, by := w.compute(b), pick(w.r, w.others)
	return does(by, &audittypes.MsgShowKey{
		Signer: by.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: done.key[:], Root: done.root[:], GasTotal: done.gas,
	})
}
