package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// toldAudit is an audit as the newest event about it has it.
func (f *fixture) toldAudit(a types.Audit) (types.Audit, string) {
	f.Helper()
	told := events[*types.EventAuditStateChanged](f)
	for i := len(told) - 1; i >= 0; i-- {
		found := told[i].Audit
		if found.JobId == a.JobId && found.Batch == a.Batch && found.Epoch == a.Epoch && found.Index == a.Index {
			return found, told[i].Cause
		}
	}
	require.Fail(f, "no event tells of the audit")
	return types.Audit{}, ""
}

// TestDifferenceThatIsNeverDecidedIsTold has audits that differ in units without input, and without a verdict: an index that knows only events
// has them as the state does.
func TestDifferenceThatIsNeverDecidedIsTold(t *testing.T) {
	f := newFixture(t)
	b, _ := f.opened(nil, allWrong)
	require.Len(t, b.Disputes, 2)
	withoutInput := b.Disputes[0].Leaf.Unit
	f.runTo(b.Deadline + 1)
	a := f.audits(b)[0]
	require.NotContains(t, a.Differing, withoutInput)
	told, cause := f.toldAudit(a)
	require.Equal(t, a, told)
	require.Equal(t, "no_input", cause)

	b = f.batch(b)
	id := must(f, f.msgs.PostInput, f.inputMsg(b, b.Disputes[0].Leaf.Unit)).DisputeId
	f.endBlock()
	f.runTo(f.dispute(id).Deadline + 1)
	f.runTo(f.dispute(id).Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	a = f.audits(b)[0]
	require.Empty(t, a.Differing)
	told, cause = f.toldAudit(a)
	require.Empty(t, told.Differing)
	require.Equal(t, "no_verdict", cause)
	require.Equal(t, a.State, told.State)
}
