package keeper_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// take removes coins from a module account that nothing in the module asked for, and gives them to mallory.
func (f *fixture) take(account string, amount int64) {
	f.Helper()
	f.broken = true
	coins := sdk.NewCoins(sdk.NewInt64Coin(types.Denom, amount))
	require.NoError(f, f.bank.SendCoinsFromModuleToAccount(f.ctx, account, f.addr("mallory"), coins))
}

// refill sends to a module account what was taken.
func (f *fixture) refill(account string, amount int64) {
	f.Helper()
	coins := sdk.NewCoins(sdk.NewInt64Coin(types.Denom, amount))
	require.NoError(f, f.bank.SendCoinsFromAccountToModule(f.ctx, f.addr("mallory"), account, coins))
	f.broken = false
}

func (f *fixture) pausedSince(account string) int64 {
	f.Helper()
	for _, a := range must(f, f.queries.Payouts, &types.QueryPayoutsRequest{}).Accounts {
		if a.Name == account {
			return a.PausedHeight
		}
	}
	require.FailNow(f, "no account "+account)
	return 0
}

// TestPaymentsWaitWhileTheEscrowIsShort breaks the escrow account below a job that runs: it is told once, nothing is
// paid, everything else goes on, and once the account is filled up everything is paid.
func TestPaymentsWaitWhileTheEscrowIsShort(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 500_000)
	module := f.module(1_000)
	spec := f.spec(module)
	spec.Deadline += 1_000
	job := f.submit(spec)
	f.endBlock()
	for index := range job.Batches {
		f.commit(f.batch(job.Id, index))
	}
	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	f.forget()
	f.take(types.EscrowAccount, 5)
	f.open(f.batch(job.Id, 0))
	held, pausedAt := f.held(types.EscrowAccount), f.ctx.BlockHeight()

	f.endBlock()
	require.Len(t, events[*types.EventPayoutsPaused](f), 1)
	paused := events[*types.EventPayoutsPaused](f)[0]
	require.Equal(t, types.EscrowAccount, paused.Account)
	require.Equal(t, job.Remaining.String(), paused.Owed)
	require.Equal(t, job.Remaining.SubRaw(5).String(), paused.Held)
	require.Equal(t, pausedAt, f.pausedSince(types.EscrowAccount))
	require.Zero(t, f.pausedSince(types.DepositAccount))

	// whoever asks for a payment is told why there is none
	refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: f.named("alice"), JobId: job.Id}, types.ErrPayoutsPaused)
	// the rest of life goes on: openings, other jobs, draws, an end that has nothing left but its refund
	f.open(f.batch(job.Id, 1))
	f.open(f.batch(job.Id, 2))
	cancelled := f.submit(f.spec(module))
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(cancelled.Id, 0).State)
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: cancelled.Id})
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_ENDED, f.batch(cancelled.Id, 0).State)
	require.Zero(t, f.registered("wendy").Load, "the offer is gone although the refund waits")
	must(f, f.msgs.RemoveModule, &types.MsgRemoveModule{Author: f.named("author"), ModuleId: f.module(7)})

	f.leap(200)
	require.Equal(t, held+cancelled.Funded.Int64(), f.held(types.EscrowAccount), "nobody is paid")
	for index := range job.Batches {
		require.Equal(t, types.BATCH_STATE_CHALLENGE, f.batch(job.Id, index).State)
	}
	require.Equal(t, types.JOB_STATE_OPEN, f.job(cancelled.Id).State)
	require.Len(t, events[*types.EventPayoutsPaused](f), 1, "it is told once")
	require.Empty(t, events[*types.EventItemFailed](f), "to wait is no failure")

	alice := f.balance("alice")
	f.refill(types.EscrowAccount, 5)
	f.endBlock()
	require.Equal(t, []*types.EventPayoutsResumed{{
		Account: types.EscrowAccount, Held: job.Remaining.Add(cancelled.Remaining).String(),
		Owed: job.Remaining.Add(cancelled.Remaining).String(), PausedHeight: pausedAt,
	}}, events[*types.EventPayoutsResumed](f))
	require.Zero(t, f.pausedSince(types.EscrowAccount))
	done, over := f.job(job.Id), f.job(cancelled.Id)
	require.Equal(t, types.JOB_STATE_SETTLED, done.State)
	require.Equal(t, types.JOB_STATE_EXPIRED, over.State)
	require.Equal(t, alice+done.Refunded.Int64()+over.Refunded.Int64(), f.balance("alice"))
	require.Zero(t, f.held(types.EscrowAccount))
	require.Len(t, events[*types.EventBatchPaid](f), 3)
}

// TestARefundThatFailsAfterItsWaitIsPutOff has a job that is over and whose refund waited for the escrow account. When it
// is paid at last the bank refuses: it is put off like every item that fails, and no invariant is broken by that.
func TestARefundThatFailsAfterItsWaitIsPutOff(t *testing.T) {
	f := newFixture(t)
	alice := f.balance("alice")
	job := f.submit(f.spec(f.module(0)))
	f.take(types.EscrowAccount, 5)
	f.endBlock()
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: job.Id})
	f.endBlock()
	f.refill(types.EscrowAccount, 5)
	hits := 0
	f.bank.AppendSendRestriction(func(_ context.Context, _, to sdk.AccAddress, _ sdk.Coins) (sdk.AccAddress, error) {
		if hits++; hits == 1 {
			return nil, errors.New(onPurpose)
		}
		return to, nil
	})
	f.endBlock()
	require.Len(t, events[*types.EventItemFailed](f), 1)
	require.Equal(t, types.JOB_STATE_OPEN, f.job(job.Id).State)
	f.leap(40)
	require.Equal(t, types.JOB_STATE_EXPIRED, f.job(job.Id).State)
	require.Equal(t, alice, f.balance("alice"))
}

// TestDepositsWaitWhileTheirAccountIsShort: a demand does not run out while nobody can be paid for answering it.
func TestDepositsWaitWhileTheirAccountIsShort(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	idle := f.module(7)
	must(f, f.msgs.DemandOutput, f.demandMsg(b, 2))
	f.take(types.DepositAccount, 1)
	f.endBlock()
	require.NotZero(t, f.pausedSince(types.DepositAccount))
	require.Zero(t, f.pausedSince(types.EscrowAccount))
	bob, author := f.balance("bob"), f.balance("author")

	refused(t, f, f.msgs.RemoveModule, &types.MsgRemoveModule{Author: f.named("author"), ModuleId: idle}, types.ErrPayoutsPaused)
	refused(t, f, f.msgs.PostOutput, f.postMsg(b, 2), types.ErrPayoutsPaused)
	deadline := f.batch(b.JobId, 0).Deadline
	f.runTo(deadline + 1)
	demanded := f.batch(b.JobId, 0)
	require.Equal(t, types.BATCH_STATE_DEMANDED, demanded.State)
	require.Equal(t, deadline+types.DevnetParams().DemandBlocks, demanded.Deadline, "it has its whole time again")
	refused(t, f, f.msgs.PostOutput, f.postMsg(b, 2), types.ErrPayoutsPaused)

	f.refill(types.DepositAccount, 1)
	f.endBlock()
	must(f, f.msgs.PostOutput, f.postMsg(b, 2))
	must(f, f.msgs.RemoveModule, &types.MsgRemoveModule{Author: f.named("author"), ModuleId: idle})
	require.Equal(t, bob+demandDeposit, f.balance("bob"))
	require.Greater(t, f.balance("author"), author)
	f.leap(100)
	require.Equal(t, types.BATCH_STATE_FINAL, f.batch(b.JobId, 0).State)
}

// TestManyPaymentsThatWaitHoldUpNothing has more of them than a block has room for deadlines.
func TestManyPaymentsThatWaitHoldUpNothing(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 500_000)
	f.params(func(p *types.Params) { p.DeadlinesPerBlock = 2 })
	spec := f.spec(f.module(0))
	spec.Units, spec.BatchSize = 8, 1
	waiting := f.submit(spec)
	f.endBlock()
	for index := range waiting.Batches {
		f.commit(f.batch(waiting.Id, index))
	}
	f.runTo(f.batch(waiting.Id, 0).Deadline + 6)
	for index := range waiting.Batches {
		f.open(f.batch(waiting.Id, index))
	}
	f.take(types.EscrowAccount, 1)
	f.runTo(f.batch(waiting.Id, 0).Deadline + 8)
	spec.Units, spec.Deadline = 1, f.ctx.BlockHeight()+1_000
	offered := f.submit(spec)
	f.endBlock()
	b := f.batch(offered.Id, 0)
	require.Equal(t, types.BATCH_STATE_OFFERED, b.State)
	f.runTo(b.Deadline + 1)
	require.Equal(t, uint32(1), f.registered("wendy").Missed, "the offer timed out in its block")

	f.refill(types.EscrowAccount, 1)
	f.forget()
	f.leap(200)
	require.Equal(t, types.JOB_STATE_SETTLED, f.job(waiting.Id).State)
	require.Len(t, events[*types.EventPayoutsResumed](f), 1)
}

// TestJobThatDoesNotAddUpIsNotStored is invariant 2 where a job is written.
func TestJobThatDoesNotAddUpIsNotStored(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	job := f.job(b.JobId)
	require.NoError(t, job.CheckSums())
	job.Paid = job.Paid.AddRaw(1)
	require.ErrorIs(t, job.CheckSums(), types.ErrInvariant)
	job.Remaining = job.Remaining.SubRaw(1)
	require.NoError(t, job.CheckSums())
	job.Remaining, job.Paid = job.Remaining.Neg(), job.Paid.Add(job.Remaining.MulRaw(2))
	require.ErrorIs(t, job.CheckSums(), types.ErrInvariant)

	f.broken = true
	job = f.job(b.JobId)
	job.Refunded = job.Refunded.AddRaw(1)
	f.store(job)
	refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: f.named("alice"), JobId: job.Id}, types.ErrInvariant)
	f.forget()
	f.runTo(b.Deadline + 1)
	require.NotEmpty(t, events[*types.EventItemFailed](f), "the chain goes on")
	require.Equal(t, types.BATCH_STATE_CHALLENGE, f.batch(b.JobId, 0).State)
}
