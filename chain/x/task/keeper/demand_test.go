package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

const demandDeposit = 10_000

func (f *fixture) demandMsg(b types.Batch, unit uint32) *types.MsgDemandOutput {
	return &types.MsgDemandOutput{Requester: f.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: unit}
}

func (f *fixture) postMsg(b types.Batch, unit uint32) *types.MsgPostOutput {
	f.Helper()
	w := f.compute(b)
	items := make([][]byte, len(w.leaves))
	for i, l := range w.protocolLeaves(f) {
		items[i] = l.Preimage(b.JobId, w.leaves[i].Unit)
	}
	at := int(unit - w.leaves[0].Unit)
	proof, err := protocol.MerkleProof(items, at)
	require.NoError(f, err)
	return &types.MsgPostOutput{
		Poster: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: w.leaves[at], Output: output(unit),
		Proof: types.Proof{Total: proof.Total, Index: proof.Index, Aunts: proof.Aunts},
	}
}

func TestDemandAnswered(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	alice, bob, deposits := f.balance("alice"), f.balance("bob"), f.held(types.DepositAccount)
	f.runTo(b.Deadline - 4)
	refused(t, f, f.msgs.DemandOutput, f.demandMsg(b, 4), types.ErrUnknownUnit)
	refused(t, f, f.msgs.PostOutput, f.postMsg(b, 2), types.ErrTransition)
	must(f, f.msgs.DemandOutput, f.demandMsg(b, 2))
	require.Equal(t, alice-demandDeposit, f.balance("alice"))
	require.Equal(t, deposits+demandDeposit, f.held(types.DepositAccount))
	refused(t, f, f.msgs.DemandOutput, f.demandMsg(b, 2), types.ErrTransition)

	demanded := f.batch(b.JobId, 0)
	f.runTo(b.Deadline + 20) // the clock stands still
	require.Equal(t, types.BATCH_STATE_DEMANDED, f.batch(b.JobId, 0).State)
	for name, c := range map[string]struct {
		change func(*types.MsgPostOutput)
		want   error
	}{
		"another unit":   {func(m *types.MsgPostOutput) { *m = *f.postMsg(b, 1) }, types.ErrInvalidOutput},
		"another output": {func(m *types.MsgPostOutput) { m.Output = output(1) }, types.ErrInvalidOutput},
		"another leaf": {func(m *types.MsgPostOutput) {
			m.Output, m.Leaf.OutputHash = output(1), f.postMsg(b, 1).Leaf.OutputHash
		}, types.ErrInvalidOutput},
		"another status": {func(m *types.MsgPostOutput) { m.Leaf.Status = 2 }, types.ErrInvalidOutput},
		"another total":  {func(m *types.MsgPostOutput) { m.Proof.Total = 5 }, types.ErrInvalidOutput},
		"another index":  {func(m *types.MsgPostOutput) { m.Proof.Index = 1 }, types.ErrInvalidOutput},
		"no proof":       {func(m *types.MsgPostOutput) { m.Proof.Aunts = nil }, types.ErrInvalidOutput},
		"too large":      {func(m *types.MsgPostOutput) { m.Output = make([]byte, types.MaxOutput+1) }, types.ErrInvalidOutput},
		"another epoch":  {func(m *types.MsgPostOutput) { m.Epoch = 1 }, types.ErrWrongEpoch},
	} {
		t.Run(name, func(t *testing.T) {
			msg := f.postMsg(b, 2)
			c.change(msg)
			refused(t, f, f.msgs.PostOutput, msg, c.want)
		})
	}

	f.runTo(demanded.Deadline) // the last block in which it can be answered
	must(f, f.msgs.PostOutput, f.postMsg(b, 2))
	require.Equal(t, bob+demandDeposit, f.balance("bob"))
	require.Equal(t, deposits, f.held(types.DepositAccount))
	answered := f.batch(b.JobId, 0)
	require.Equal(t, types.BATCH_STATE_CHALLENGE, answered.State)
	require.Equal(t, demanded.Deadline+4, answered.Deadline, "the window goes on where it stopped")
	refused(t, f, f.msgs.DemandOutput, f.demandMsg(b, 1), types.ErrAlreadyDemanded)
	f.runTo(answered.Deadline + 1)
	require.Equal(t, types.BATCH_STATE_FINAL, f.batch(b.JobId, 0).State)
}

func TestDemandUnanswered(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	alice := f.balance("alice")
	must(f, f.msgs.DemandOutput, f.demandMsg(b, 0))
	deadline := f.batch(b.JobId, 0).Deadline
	f.runTo(deadline + 1)
	job := f.job(b.JobId)
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(b.JobId, 0).State, "queued after the job's deadline")
	require.Equal(t, types.JOB_STATE_EXPIRED, job.State)
	require.True(t, job.Paid.IsZero())
	require.Equal(t, alice+job.Funded.Int64(), f.balance("alice"), "deposit and escrow are back")
	require.True(t, f.registered("wendy").Locked.IsZero())
	returned := events[*types.EventDemandReturned](f)
	require.Len(t, returned, 1)
	require.Equal(t, "10000", returned[0].Deposit)
}

func TestDemandWithoutCoins(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	require.NoError(t, f.bank.SendCoins(f.ctx, f.addr("alice"), f.addr("bob"), f.bank.SpendableCoins(f.ctx, f.addr("alice"))))
	before := f.purse()
	_, err := send(f, f.msgs.DemandOutput, f.demandMsg(b, 0))
	require.ErrorContains(t, err, "insufficient funds")
	require.Equal(t, before, f.purse())
	require.Equal(t, types.BATCH_STATE_CHALLENGE, f.batch(b.JobId, 0).State)
}

// TestLateOpening opens a batch after its window, while it is queued and not offered again.
func TestLateOpening(t *testing.T) {
	prepare := func(t *testing.T) (*fixture, types.Batch) {
		f := newFixture(t)
		f.worker("wendy", 500_000)
		spec := f.spec(f.module(0))
		spec.Deadline += 1_000
		spec.Units = 4
		f.submit(spec)
		f.endBlock()
		b := f.batch(1, 0)
		f.commit(b)
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		f.runTo(f.batch(1, 0).Deadline + 1)
		f.runTo(f.batch(1, 0).Deadline + 1)
		queued := f.batch(1, 0)
		require.Equal(t, types.BATCH_STATE_QUEUED, queued.State)
		require.Equal(t, uint32(1), queued.Epoch)
		require.True(t, f.registered("wendy").Locked.IsZero())
		return f, b
	}
	t.Run("opened after all", func(t *testing.T) {
		f, b := prepare(t)
		wrong := f.openMsg(b, f.compute(b))
		wrong.Key = make([]byte, 32)
		wrong.Key[5] = 1
		refused(t, f, f.msgs.Open, wrong, types.ErrOpeningMismatch)
		f.open(b)
		require.Equal(t, types.BATCH_STATE_CHALLENGE, f.batch(1, 0).State)
		require.Equal(t, b.Epoch, f.batch(1, 0).Epoch)
		require.Equal(t, b.Lease.Bond, f.registered("wendy").Locked)
		require.Zero(t, f.registered("wendy").Load)
		f.runTo(f.batch(1, 0).Deadline + 1)
		require.Equal(t, types.JOB_STATE_SETTLED, f.job(1).State)
		require.True(t, f.registered("wendy").Locked.IsZero())
		require.Positive(t, f.job(1).Paid.Int64())
	})
	t.Run("bond withdrawn meanwhile", func(t *testing.T) {
		f, b := prepare(t)
		require.NoError(t, f.workers.Withdraw(f.ctx, f.addr("wendy"), f.registered("wendy").Bond))
		before := f.purse()
		_, err := send(f, f.msgs.Open, f.openMsg(b, f.compute(b)))
		require.Error(t, err)
		require.Equal(t, before, f.purse())
		require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(1, 0).State)
	})
	t.Run("offered again", func(t *testing.T) {
		f, b := prepare(t)
		f.worker("other", 1)
		f.endBlock()
		require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(1, 0).State)
		refused(t, f, f.msgs.Open, f.openMsg(b, f.compute(b)), types.ErrWrongEpoch)
	})
}
