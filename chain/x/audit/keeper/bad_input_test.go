package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestBadPosts sends posts out of turn, twice, by the wrong account, late, and about another job, batch, epoch and place.
func TestBadPosts(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected()
	a := f.audits(b)[0]
	good := f.postMsg(a)
	with := func(change func(*types.MsgPostAudit)) *types.MsgPostAudit {
		msg := *good
		msg.Hashes = append([][]byte{}, good.Hashes...)
		change(&msg)
		return &msg
	}
	other := "arno"
	if a.Auditor == f.named(other) {
		other = "ann"
	}
	for name, c := range map[string]struct {
		msg  *types.MsgPostAudit
		want error
	}{
		"no address":      {with(func(m *types.MsgPostAudit) { m.Operator = "x" }), types.ErrInvalidAddress},
		"no worker":       {with(func(m *types.MsgPostAudit) { m.Operator = f.named("alice") }), workertypes.ErrUnknownWorker},
		"the worker":      {with(func(m *types.MsgPostAudit) { m.Operator = f.named("wendy-op") }), types.ErrNotAuditor},
		"another worker":  {with(func(m *types.MsgPostAudit) { m.Operator = f.named(other + "-op") }), types.ErrNotAuditor},
		"another job":     {with(func(m *types.MsgPostAudit) { m.JobId++ }), types.ErrUnknownAudit},
		"another batch":   {with(func(m *types.MsgPostAudit) { m.Batch++ }), types.ErrUnknownAudit},
		"another epoch":   {with(func(m *types.MsgPostAudit) { m.Epoch++ }), types.ErrUnknownAudit},
		"another place":   {with(func(m *types.MsgPostAudit) { m.Index++ }), types.ErrUnknownAudit},
		"no hashes":       {with(func(m *types.MsgPostAudit) { m.Hashes = nil }), types.ErrInvalidAudit},
		"a hash too many": {with(func(m *types.MsgPostAudit) { m.Hashes = append(m.Hashes, make([]byte, 32)) }), types.ErrInvalidAudit},
		"a short hash":    {with(func(m *types.MsgPostAudit) { m.Hashes[1] = make([]byte, 31) }), types.ErrInvalidAudit},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			refused(f, f.msgs.PostAudit, c.msg, c.want)
		})
	}
	f.T = t
	t.Run("too little bond", func(t *testing.T) {
		f.T = t
		ctx, _ := f.ctx.CacheContext()
		owner, err := f.text.StringToBytes(a.Auditor)
		require.NoError(t, err)
		require.NoError(t, f.workers.Withdraw(ctx, owner, f.registered(a.Auditor).Free().SubRaw(30_000)))
		_, err = f.msgs.PostAudit(ctx, good)
		require.ErrorIs(t, err, workertypes.ErrInsufficientBond)
	})
	f.T = t
	t.Run("late", func(t *testing.T) {
		f.T = t
		ctx, _ := f.ctx.CacheContext()
		_, err := f.msgs.PostAudit(ctx.WithBlockHeight(b.Deadline+1), good)
		require.ErrorIs(t, err, tasktypes.ErrLate)
	})
	f.T = t

	must(f, f.msgs.PostAudit, good)
	refused(f, f.msgs.PostAudit, good, types.ErrAlreadyPosted)
	must(f, f.jobs.Open, openMsg(f, b, w))
	refused(f, f.msgs.PostAudit, good, types.ErrAlreadyPosted)
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	refused(f, f.msgs.PostAudit, good, types.ErrUnknownAudit)
}

// TestBadKeys shows keys that are none, of another lease, and out of turn.
func TestBadKeys(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b)
	good := f.showMsg(b, w)
	refused(f, f.msgs.ShowKey, good, tasktypes.ErrTransition)
	f.commit(b, w)
	with := func(change func(*types.MsgShowKey)) *types.MsgShowKey {
		msg := *good
		change(&msg)
		return &msg
	}
	for name, c := range map[string]struct {
		msg  *types.MsgShowKey
		want error
	}{
		"no address":    {with(func(m *types.MsgShowKey) { m.Signer = "x" }), types.ErrInvalidAddress},
		"another job":   {with(func(m *types.MsgShowKey) { m.JobId++ }), tasktypes.ErrUnknownJob},
		"another batch": {with(func(m *types.MsgShowKey) { m.Batch++ }), tasktypes.ErrUnknownBatch},
		"another epoch": {with(func(m *types.MsgShowKey) { m.Epoch++ }), tasktypes.ErrWrongEpoch},
		"another key":   {with(func(m *types.MsgShowKey) { m.Key = make([]byte, 32) }), types.ErrInvalidKey},
		"a short key":   {with(func(m *types.MsgShowKey) { m.Key = m.Key[1:] }), types.ErrInvalidKey},
		"another root":  {with(func(m *types.MsgShowKey) { m.Root = make([]byte, 32) }), types.ErrInvalidKey},
		"no root":       {with(func(m *types.MsgShowKey) { m.Root = nil }), types.ErrInvalidKey},
		"another gas":   {with(func(m *types.MsgShowKey) { m.GasTotal++ }), types.ErrInvalidKey},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			refused(f, f.msgs.ShowKey, c.msg, c.want)
		})
	}
	f.T = t
	b = f.tossed(b)
	for _, a := range f.audits(b) {
		must(f, f.msgs.PostAudit, f.postMsg(a))
	}
	refused(f, f.msgs.ShowKey, good, tasktypes.ErrTransition)
	must(f, f.jobs.Open, openMsg(f, b, w))
	refused(f, f.msgs.ShowKey, good, tasktypes.ErrTransition)
}

func TestOnlyGovernanceChangesTheParameters(t *testing.T) {
	f := newFixture(t)
	p := types.DevnetParams()
	refused(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.named("alice"), Params: p}, types.ErrUnauthorized)
	p.DrawsPerBlock = 0
	refused(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p}, types.ErrInvalidParams)
	p.DrawsPerBlock = 7
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p})
	require.Equal(t, p, must(f, f.queries.Params, &types.QueryParamsRequest{}).Params)
}

// TestThresholdsFollowTheHeights refuses thresholds of another number of coin heights.
func TestThresholdsFollowTheHeights(t *testing.T) {
	f := newFixture(t)
	p, err := f.tasks.Params(f.ctx)
	require.NoError(t, err)
	p.CoinHeights++
	update := &tasktypes.MsgUpdateParams{Authority: f.tasks.Authority(), Params: p}
	refused(f, f.jobs.UpdateParams, update, tasktypes.ErrInvalidParams)
	update.Params, err = p.WithCoins()
	require.NoError(t, err)
	must(f, f.jobs.UpdateParams, update)
}
