package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// rob takes all that a module account holds, and repays it.
func (f *fixture) rob(account string) (repay func()) {
	f.Helper()
	from := f.accounts.GetModuleAddress(account)
	all := sdk.NewCoins(f.bank.GetBalance(f.ctx, from, tasktypes.Denom))
	require.NoError(f, f.bank.SendCoins(f.ctx, from, f.addr("thief"), all))
	f.short = account
	return func() {
		require.NoError(f, f.bank.SendCoins(f.ctx, f.addr("thief"), from, all))
		f.short = ""
	}
}

// TestAuditsArePaidLaterWhilePayoutsArePaused opens a selected batch while the escrow is short: the opening must not fail,
// for it would cost the worker its bond, and the audit is paid at the end.
func TestAuditsArePaidLaterWhilePayoutsArePaused(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening()
	a := f.audits(b)[0]
	repay := f.rob(tasktypes.EscrowAccount)
	f.endBlock()
	before := f.balance(a.Auditor)
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
	require.Equal(t, before, f.balance(a.Auditor))
	require.True(t, f.job(b.JobId).Earmarked.IsPositive())
	accept := &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId}
	refused(f, f.jobs.AcceptBatch, accept, tasktypes.ErrPayoutsPaused)
	repay()
	f.endBlock()
	must(f, f.jobs.AcceptBatch, accept)
	require.Greater(t, f.balance(a.Auditor), before)
	require.True(t, f.job(b.JobId).Earmarked.IsZero())
	require.True(t, f.registered(a.Auditor).Locked.IsZero())
}

// TestWithheldWaitsWhileBondsAreShort lets the opening of a selected batch, and then its late opening, run out while the
// account of the bonds is short: neither the fee nor the slash can be paid, and both wait without an error.
func TestWithheldWaitsWhileBondsAreShort(t *testing.T) {
	f := newFixture(t)
	b, _ := f.opening()
	repay := f.rob(workertypes.BondAccount)
	f.runTo(b.Deadline + 3)
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, f.batch(b).State)
	repay()
	f.runTo(b.Deadline + 15)
	held := f.records(b)
	require.Len(t, held, 1)

	repay = f.rob(workertypes.BondAccount)
	f.runTo(held[0].Deadline + 3)
	require.Len(t, f.records(b), 1)
	repay()
	f.runTo(held[0].Deadline + 15)
	require.Empty(t, f.records(b))
	require.NotEmpty(t, events[*workertypes.EventSlashHeld](f))
}
