package keeper_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestOfferOfAnotherWorker(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	f.worker("other", 1)
	accept := &types.MsgAcceptOffer{Operator: f.named("other-op"), JobId: b.JobId, Batch: b.Index}
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrNoLease)
	accept.Operator = f.named("wendy") // the owner is not the operator
	refused(t, f, f.msgs.AcceptOffer, accept, workertypes.ErrUnknownWorker)
	accept.Operator, accept.Epoch = f.operator(b), 1
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrWrongEpoch)
	accept.Epoch = 0
	must(f, f.msgs.AcceptOffer, accept)
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrTransition)
}

func TestOfferWithoutBond(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	require.NoError(t, f.workers.Withdraw(f.ctx, f.addr("wendy"), math.NewInt(bond)))
	refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: b.JobId}, workertypes.ErrInsufficientBond)
	refused(t, f, f.msgs.Commit, f.commitMsg(b, f.compute(b)), workertypes.ErrInsufficientBond)
}

func TestOfferOfAJailedWorker(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	require.NoError(t, f.workers.LockDeposit(f.ctx, f.addr("wendy"), math.NewInt(1)))
	_, err := f.workers.Forfeit(f.ctx, workertypes.Loss{
		Kind: workertypes.SLASH_KIND_LEAF, Owner: f.named("wendy"), Amount: math.NewInt(1),
	})
	require.NoError(t, err)
	refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: b.JobId}, workertypes.ErrJailed)
	refused(t, f, f.msgs.Commit, f.commitMsg(b, f.compute(b)), workertypes.ErrJailed)
}

func TestCommitRefuses(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_LEASED)
	f.worker("other", 1)
	key := func(kind uint32, to string, size int) types.WrappedKey {
		return types.WrappedKey{Kind: kind, Recipient: to, Data: make([]byte, size)}
	}
	alice := f.named("alice")
	for name, c := range map[string]struct {
		change func(*types.MsgCommit)
		want   error
	}{
		"without the lease":     {func(m *types.MsgCommit) { m.Operator = f.named("other-op") }, types.ErrNoLease},
		"not a worker":          {func(m *types.MsgCommit) { m.Operator = alice }, workertypes.ErrUnknownWorker},
		"another epoch":         {func(m *types.MsgCommit) { m.Epoch = 1 }, types.ErrWrongEpoch},
		"short commitment":      {func(m *types.MsgCommit) { m.Commitment = m.Commitment[1:] }, types.ErrInvalidCommit},
		"no outputs hash":       {func(m *types.MsgCommit) { m.OutputsHash = nil }, types.ErrInvalidCommit},
		"leaves of fewer units": {func(m *types.MsgCommit) { m.SealedLeaves = m.SealedLeaves[45:] }, types.ErrInvalidCommit},
		"locator":               {func(m *types.MsgCommit) { m.Locators = []string{"ftp://host"} }, types.ErrInvalidCommit},
		"no keys":               {func(m *types.MsgCommit) { m.WrappedKeys = nil }, types.ErrInvalidCommit},
		"no key for alice":      {func(m *types.MsgCommit) { m.WrappedKeys[0].Recipient = f.named("bob") }, types.ErrInvalidCommit},
		"K for alice only":      {func(m *types.MsgCommit) { m.WrappedKeys[0].Kind = 0 }, types.ErrInvalidCommit},
		"kind of key":           {func(m *types.MsgCommit) { m.WrappedKeys[1].Kind = 2 }, types.ErrInvalidCommit},
		"length of key":         {func(m *types.MsgCommit) { m.WrappedKeys[1] = key(0, alice, 81) }, types.ErrInvalidCommit},
		"recipient of key":      {func(m *types.MsgCommit) { m.WrappedKeys[1] = key(0, "nobody", 80) }, types.ErrInvalidCommit},
		"key twice": {
			func(m *types.MsgCommit) { m.WrappedKeys = append(m.WrappedKeys, m.WrappedKeys[1]) }, types.ErrInvalidCommit,
		},
		"many keys": {
			func(m *types.MsgCommit) { m.WrappedKeys = slices.Repeat(m.WrappedKeys, 9) }, types.ErrInvalidCommit,
		},
	} {
		t.Run(name, func(t *testing.T) {
			msg := f.commitMsg(b, f.compute(b))
			c.change(msg)
			refused(t, f, f.msgs.Commit, msg, c.want)
		})
	}
	t.Run("doubled", func(t *testing.T) {
		f.commit(b)
		refused(t, f, f.msgs.Commit, f.commitMsg(b, f.compute(b)), types.ErrAlreadyCommitted)
	})
	t.Run("of a batch that is queued", func(t *testing.T) {
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("other"), f.addr("other")))
		f.runTo(f.batch(b.JobId, 1).Deadline + 1)
		require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(b.JobId, 1).State)
		msg := f.commitMsg(b, f.compute(b))
		msg.Batch = 1
		refused(t, f, f.msgs.Commit, msg, types.ErrNoLease)
	})
}
