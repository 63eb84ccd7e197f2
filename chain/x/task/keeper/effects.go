package keeper

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// passage is a batch on its way over one row of the machine's table.
type passage struct {
	job *types.Job
	// batch is as it was before, next as it will be stored.
	batch, next types.Batch
	// earmarked is what the job's escrow sets aside for the batch's audits at the moment, in udmc.
	earmarked math.Int
}

// perform does one effect of a transition.
func (k Keeper) perform(ctx context.Context, p *passage, effect types.Effect) error {
	ref := workertypes.BatchRef{JobID: p.batch.JobId, Batch: p.batch.Index, Epoch: p.batch.Epoch}
	switch e := effect.(type) {
	case types.ReserveBond:
		return k.withAmount(ctx, e.Worker, e.Amount, k.workers.Reserve)
	case types.ReleaseBond:
		return k.withAmount(ctx, e.Worker, e.Amount, k.workers.Release)
	case types.LockBond:
		return k.withAmount(ctx, e.Worker, e.Amount, k.workers.Lock)
	case types.UnlockBond:
		return k.withAmount(ctx, e.Worker, e.Amount, k.workers.Unlock)
	case types.RelockBond:
		return k.relock(ctx, e)
	case types.EndLease:
		return k.withOwner(ctx, e.Worker, k.workers.EndLease)
	case types.RecordResponse:
		return k.withOwner(ctx, e.Worker, k.workers.Responded)
	case types.RecordMiss:
		return k.withRef(ctx, e.Worker, ref, k.workers.MissOffer)
	case types.RecordNotOpened:
		return k.withRef(ctx, e.Worker, ref, k.workers.NotOpened)
	case types.RecordFinal:
		return k.withRef(ctx, e.Worker, ref, k.workers.Final)
	case types.RecordLapse:
		return k.withOwner(ctx, e.Worker, func(ctx context.Context, owner sdk.AccAddress) error {
			return k.workers.Lapse(ctx, owner, e.Amount, ref)
		})
	case types.BarWorker:
		return k.bar(ctx, p.job, e)
	case types.TakeDeposit:
		return k.takeDeposit(ctx, p.job.Requester, e.Amount)
	case types.PayDeposit:
		return k.giveDeposit(ctx, e.To, e.Amount)
	case types.ReturnDeposit:
		return k.returnDeposit(ctx, p, e)
	case types.PayWork:
		return k.payWork(ctx, p.job, p.batch, e)
	case types.Withhold:
		return k.withhold(ctx, e.Batch)
	case types.Earmark:
		return k.earmark(ctx, p, e.Auditors)
	case types.ReleaseEarmark:
		return k.releaseEarmark(ctx, p)
	case types.SettleAudits:
		return k.settleAudits(ctx, p, e)
	case types.EndAudits:
		return k.endAudits(ctx, p, e)
	}
	// what is left is about audits, disputes and slashing
	if err := k.performAudit(ctx, p, effect); err != nil {
		return err
	}
	if ended, ok := effect.(types.EndDispute); ok && ended.Outcome == types.OutcomeForWorker {
		return emit(ctx, &types.EventUnitSettled{
			JobId: p.batch.JobId, Batch: p.batch.Index, Epoch: p.batch.Epoch, Unit: ended.Unit.Leaf.Unit,
		})
	}
	return nil
}

// relock locks the bond of a lease that was freed when its opening came late: an offer that is accepted and committed
// in one step, as far as the worker's record goes.
func (k Keeper) relock(ctx context.Context, e types.RelockBond) error {
	if err := k.withAmount(ctx, e.Worker, e.Amount, k.workers.Reserve); err != nil {
		return err
	}
	if err := k.withAmount(ctx, e.Worker, e.Amount, k.workers.Lock); err != nil {
		return err
	}
	return k.withOwner(ctx, e.Worker, k.workers.EndLease)
}

func (k Keeper) takeDeposit(ctx context.Context, from string, amount math.Int) error {
	account, err := k.account(from)
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromAccountToModule(ctx, account, types.DepositAccount, coins(amount))
}

func (k Keeper) giveDeposit(ctx context.Context, to string, amount math.Int) error {
	if err := k.deposits.MayPay(ctx); err != nil {
		return err
	}
	account, err := k.account(to)
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToAccount(ctx, types.DepositAccount, account, coins(amount))
}

func (k Keeper) returnDeposit(ctx context.Context, p *passage, e types.ReturnDeposit) error {
	if err := k.giveDeposit(ctx, p.job.Requester, e.Amount); err != nil {
		return err
	}
	return emit(ctx, &types.EventDemandReturned{
		JobId: p.batch.JobId, Batch: p.batch.Index, Epoch: p.batch.Epoch, Unit: p.batch.Demand.Unit, Deposit: e.Amount.String(),
	})
}

func (k Keeper) withOwner(ctx context.Context, worker string, do func(context.Context, sdk.AccAddress) error) error {
	owner, err := k.account(worker)
	if err != nil {
		return err
	}
	return do(ctx, owner)
}

func (k Keeper) withAmount(
	ctx context.Context, worker string, amount math.Int, do func(context.Context, sdk.AccAddress, math.Int) error,
) error {
	return k.withOwner(ctx, worker, func(ctx context.Context, owner sdk.AccAddress) error { return do(ctx, owner, amount) })
}

func (k Keeper) withRef(
	ctx context.Context, worker string, ref workertypes.BatchRef,
	do func(context.Context, sdk.AccAddress, workertypes.BatchRef) error,
) error {
	return k.withOwner(ctx, worker, func(ctx context.Context, owner sdk.AccAddress) error { return do(ctx, owner, ref) })
}
