package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

func TestKeyShownBeforeTheCoins(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b)
	f.commit(b, w)
	f.forget()
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_COMMITTED, b.State)
	require.Equal(t, f.ctx.BlockHeight(), b.Commitment.KeyShownHeight)
	require.Len(t, events[*types.EventKeyShown](f), 1)
	refused(f, f.msgs.ShowKey, f.showMsg(b, w), tasktypes.ErrKeyShown)
	refused(f, f.jobs.Open, openMsg(f, b, w), tasktypes.ErrTransition)

	f.runTo(b.Commitment.Height + 6)
	require.Equal(t, tasktypes.BATCH_STATE_AUDIT_WAIT, f.batch(b).State, "the audit is certain")
	require.Greater(t, f.batch(b).Selection.Height, b.Commitment.KeyShownHeight)
	require.Len(t, f.audits(b), 1)
	refused(f, f.msgs.ShowKey, f.showMsg(b, w), tasktypes.ErrTransition)
	must(f, f.msgs.PostAudit, f.postMsg(f.audits(b)[0]))
	must(f, f.jobs.Open, openMsg(f, b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, b.State)
	f.runTo(b.Deadline + 1)
	require.Zero(t, f.registered(b.Lease.Worker).Standing, "it matched and earns no standing")
}

// TestKeyShownTooLate has a batch whose auditors were drawn: whoever shows its key changes nothing.
func TestKeyShownTooLate(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected()
	refused(f, f.msgs.ShowKey, f.showMsg(b, w), tasktypes.ErrTransition)
}

// TestKeyShownIsPaidFor has whoever shows a key give the requester the fee of the audit that this causes.
func TestKeyShownIsPaidFor(t *testing.T) {
	f := newFixture(t)
	b := f.offered(func(s *tasktypes.JobSpec) { s.Assurance.Auditors, s.Assurance.Samples = 2, 1 })
	w := f.compute(b)
	f.commit(b, w)
	fee, err := protocol.AuditFee(0, gas, math.NewInt(price), math.NewInt(price), math.NewInt(floor))
	require.NoError(t, err)
	poor := f.showMsg(b, w)
	poor.Signer = f.named("poor")
	refused(f, f.msgs.ShowKey, poor, sdkerrors.ErrInsufficientFunds)
	require.Zero(t, f.batch(b).Commitment.KeyShownHeight)
	bob, alice := f.balance(f.named("bob")), f.balance(f.named("alice"))
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	require.Equal(t, 2*fee.Int64(), bob-f.balance(f.named("bob")))
	require.Equal(t, 2*fee.Int64(), f.balance(f.named("alice"))-alice)
}

// TestKeyShownLeavesStanding has a worker with standing whose key is shown: nobody can frame it.
func TestKeyShownLeavesStanding(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening()
	must(f, f.jobs.Open, openMsg(f, b, w))
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	owner := b.Lease.Worker
	require.Equal(t, uint64(1), f.registered(owner).Standing)
	next := f.submit(f.spec())
	f.endBlock()
	b = f.batch(tasktypes.Batch{JobId: next.Id})
	require.Equal(t, owner, b.Lease.Worker)
	w = f.compute(b)
	f.commit(b, w)
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	require.Equal(t, uint64(1), f.registered(owner).Standing)
}
