package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// PostAudit binds a drawn auditor to what it computed and locks its deposit.
func (k Keeper) PostAudit(ctx context.Context, operator sdk.AccAddress, msg *types.MsgPostAudit) error {
	auditor, err := k.workers.ByOperator(ctx, operator)
	if err != nil {
		return err
	}
	a, err := k.Audit(ctx, msg.JobId, msg.Batch, msg.Epoch, msg.Index)
	if err != nil {
		return err
	}
	if err := msg.Check(a, auditor.Owner, height(ctx)); err != nil {
		return err
	}
	job, batch, err := k.tasks.Epoch(ctx, msg.JobId, msg.Batch, msg.Epoch)
	if err != nil {
		return err
	}
	posted := a
	posted.State, posted.Hashes, posted.PostedHeight = types.AUDIT_STATE_POSTED, msg.Hashes, height(ctx)
	if posted.Deposit, err = types.Deposit(job, a); err != nil {
		return err
	}
	owner, err := k.account(auditor.Owner)
	if err != nil {
		return err
	}
	if err := k.workers.LockDeposit(ctx, owner, posted.Deposit); err != nil {
		return err
	}
	if err := k.workers.AuditPosted(ctx, owner, refOf(a)); err != nil {
		return err
	}
	if err := k.change(ctx, a, posted, "posted", batch.Lease.Worker); err != nil {
		return err
	}
	_, err = k.tasks.Apply(ctx, msg.JobId, msg.Batch, msg.Epoch, func(at tasktypes.At) tasktypes.Event {
		return tasktypes.AuditPosted{At: at, Epoch: msg.Epoch}
	})
	return err
}

// ShowKey shows the key of a batch whose coin has not hit yet, which makes its audit certain: its commitment proves that it is the
// right one. The signer gives the requester what that audit costs.
func (k Keeper) ShowKey(ctx context.Context, msg *types.MsgShowKey) error {
	job, batch, err := k.tasks.Epoch(ctx, msg.JobId, msg.Batch, msg.Epoch)
	if err != nil {
		return err
	}
	if batch.State != tasktypes.BATCH_STATE_COMMITTED {
		return tasktypes.ErrTransition.Wrapf("%s is %s: its key can be shown while its coins are tossed only", batch.Label(), batch.State.Short())
	}
	worker, err := k.account(batch.Lease.Worker)
	if err != nil {
		return err
	}
	owner, err := protocol.AccountFromBytes(worker)
	if err != nil {
		return types.ErrInvalidKey.Wrap(err.Error())
	}
	if err := msg.Check(batch, owner); err != nil {
		return err
	}
	params, err := k.tasks.Params(ctx)
	if err != nil {
		return err
	}
	threshold, err := params.CoinThreshold(protocol.BasisPoints)
	if err != nil {
		return err
	}
	_, _, live, err := k.beacon.SeedOf(ctx, height(ctx))
	if err != nil {
		return err
	}
	_, err = k.tasks.Apply(ctx, msg.JobId, msg.Batch, msg.Epoch, func(at tasktypes.At) tasktypes.Event {
		return tasktypes.KeyShown{At: at, Epoch: msg.Epoch, LiveCount: live, CoinThreshold: threshold}
	})
	if err != nil {
		return err
	}
	if err := k.payForAudit(ctx, job, msg.Signer); err != nil {
		return err
	}
	return emit(ctx, &types.EventKeyShown{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Worker: batch.Lease.Worker, ShownBy: msg.Signer, Key: msg.Key,
	})
}

// payForAudit moves what the audits of a batch may cost in the first round from whoever made them certain to the job's requester.
func (k Keeper) payForAudit(ctx context.Context, job tasktypes.Job, signer string) error {
	fee, err := types.FirstFee(job)
	if err != nil {
		return err
	}
	from, err := k.account(signer)
	if err != nil {
		return err
	}
	to, err := k.account(job.Requester)
	if err != nil {
		return err
	}
	amount := sdk.NewCoins(sdk.NewCoin(types.Denom, fee.MulRaw(int64(job.Spec.Assurance.Auditors))))
	return k.bank.SendCoins(ctx, from, to, amount)
}
