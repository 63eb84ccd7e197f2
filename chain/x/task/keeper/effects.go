package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// perform does one effect of a transition of a batch; batch is as it was before the transition.
func (k Keeper) perform(ctx context.Context, job *types.Job, batch types.Batch, effect types.Effect) error {
	ref := workertypes.BatchRef{JobID: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch}
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
		return k.bar(ctx, job, e)
	case types.TakeDeposit:
		return k.takeDeposit(ctx, job.Requester, e.Amount)
	case types.PayDeposit:
		return k.giveDeposit(ctx, e.To, e.Amount)
	case types.ReturnDeposit:
		if err := k.giveDeposit(ctx, job.Requester, e.Amount); err != nil {
			return err
		}
		return emit(ctx, &types.EventDemandReturned{
			JobId: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch, Unit: batch.Demand.Unit, Deposit: e.Amount.String(),
		})
	case types.PayWork:
		return k.payWork(ctx, job, batch, e)
	default:
		return fmt.Errorf("effect %T is not known to the keeper", effect)
	}
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
