package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// payWork pays a final batch out of the job's escrow: the worker by gas and ask, on top of that the author and the
// community. The author is the one at submission, whether or not the module is still stored.
func (k Keeper) payWork(ctx context.Context, job *types.Job, batch types.Batch, e types.PayWork) error {
	payment, err := protocol.BatchPayment(e.GasTotal, e.Ask, job.RoyaltyBps, job.FeeBps)
	if err != nil {
		return err
	}
	if err := k.escrow.MayPay(ctx); err != nil {
		return err
	}
	if payment.Total().GT(job.Remaining) {
		return types.ErrInvariant.Wrapf("%s pays %s udmc, the job has %s left", batch.Label(), payment.Total(), job.Remaining)
	}
	worker, err := k.account(e.Worker)
	if err != nil {
		return err
	}
	author, err := k.account(job.Author)
	if err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.EscrowAccount, worker, coins(payment.Pay)); err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.EscrowAccount, author, coins(payment.Royalty)); err != nil {
		return err
	}
	escrow := k.accounts.GetModuleAddress(types.EscrowAccount)
	if err := k.distribution.FundCommunityPool(ctx, coins(payment.Fee), escrow); err != nil {
		return err
	}
	*job = job.Pay(payment)
	if err := k.escrow.Owe(ctx, payment.Total().Neg()); err != nil {
		return err
	}
	return emit(ctx, &types.EventBatchPaid{
		JobId: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch, Worker: e.Worker, Pay: payment.Pay.String(),
		Author: job.Author, Royalty: payment.Royalty.String(), Fee: payment.Fee.String(), GasTotal: e.GasTotal,
		Ask: e.Ask.String(), Units: batch.Units,
	})
}

// settle closes a job whose batches are all Final or Ended and refunds what remains. While payouts are paused the job
// stays open and waits with its entry in the deadline queue.
func (k Keeper) settle(ctx context.Context, job *types.Job) error {
	if err := k.escrow.MayPay(ctx); err != nil {
		if errors.Is(err, types.ErrPayoutsPaused) {
			return k.schedule(ctx, job.Id, jobSlot, whenResumed)
		}
		return err
	}
	requester, err := k.account(job.Requester)
	if err != nil {
		return err
	}
	open := *job
	*job = open.Settle(height(ctx))
	if err := k.escrow.Owe(ctx, open.Remaining.Neg()); err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.EscrowAccount, requester, coins(open.Remaining)); err != nil {
		return err
	}
	if err := k.pins.Remove(ctx, collections.Join(job.Spec.ModuleId, job.Id)); err != nil {
		return err
	}
	if err := k.bars.Clear(ctx, collections.NewPrefixedTripleRange[uint64, []byte, bool](job.Id)); err != nil {
		return err
	}
	if err := k.unschedule(ctx, job.Id, jobSlot); err != nil {
		return err
	}
	if err := k.queuePruning(ctx, *job); err != nil {
		return err
	}
	if err := k.setJob(ctx, *job); err != nil {
		return err
	}
	if err := emitJobState(ctx, open, *job, settleCause(*job)); err != nil {
		return err
	}
	return emit(ctx, &types.EventJobSettled{
		JobId: job.Id, State: job.State, Funded: job.Funded.String(), Paid: job.Paid.String(),
		Royalties: job.Royalties.String(), Fees: job.Fees.String(), Audits: job.Audits.String(),
		Refunded: job.Refunded.String(),
	})
}

func settleCause(job types.Job) string {
	switch {
	case job.State == types.JOB_STATE_SETTLED:
		return "settled"
	case job.Cancelled:
		return "cancel"
	}
	return "deadline"
}
