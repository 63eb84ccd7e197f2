package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// hooks are shared by all copies of the keeper, so that x/audit can be made after x/task.
type hooks struct{ types.AuditHooks }

// SetAuditHooks tells whom to ask about audits and disputes. It is called once, before the first block.
func (k Keeper) SetAuditHooks(h types.AuditHooks) { k.audits.AuditHooks = h }

// Epoch returns an epoch of a batch and its job: the batch itself, or the withheld epoch beside it. It returns
// ErrWrongEpoch for an epoch that is over.
func (k Keeper) Epoch(ctx context.Context, jobID uint64, index, epoch uint32) (types.Job, types.Batch, error) {
	job, batch, err := k.Batch(ctx, jobID, index)
	if err == nil && batch.Epoch == epoch {
		return job, batch, nil
	}
	withheld, missing := k.withheld.Get(ctx, collections.Join3(jobID, index, epoch))
	switch {
	case missing == nil:
		job, err := k.Job(ctx, jobID)
		return job, withheld, err
	case !errors.Is(missing, collections.ErrNotFound):
		return job, batch, missing
	case err != nil:
		return job, batch, err
	}
	return job, batch, types.ErrWrongEpoch.Wrapf("%s, not %d", batch.Label(), epoch)
}

// Apply moves an epoch of a batch by an event of x/audit, which is made of the current height and the job's terms.
func (k Keeper) Apply(
	ctx context.Context, jobID uint64, index, epoch uint32, event func(types.At) types.Event,
) (types.Batch, error) {
	job, batch, err := k.Epoch(ctx, jobID, index, epoch)
	if err != nil {
		return batch, err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return batch, err
	}
	return k.step(ctx, &job, batch, event(at))
}

// Auditors is the number of auditors that a job's batch can have: the job's, or fewer where audits of earlier epochs
// used up what the escrow has for audits, so that it would not do for the fees of a first round at the job's limits.
func (k Keeper) Auditors(job types.Job) (uint32, error) {
	gas := uint64(job.Spec.Assurance.Samples) * job.Spec.GasLimit
	fee, err := protocol.AuditFee(0, gas, job.Spec.MaxPrice, job.Spec.MaxPrice, job.AuditFloor)
	if err != nil {
		return 0, err
	}
	wanted := job.Spec.Assurance.Auditors
	_, left, err := auditMoney(job)
	if err != nil || !fee.IsPositive() {
		return wanted, err
	}
	return uint32(math.MinInt(math.NewInt(int64(wanted)), left.Quo(fee)).Int64()), nil
}

// auditMoney is the most that one audit of a batch can cost, and what the job's escrow has left for audits.
func auditMoney(job types.Job) (reserve, left math.Int, err error) {
	reserve, err = protocol.AuditReserve(job.Spec.Assurance.Samples, job.Spec.GasLimit, job.Spec.MaxPrice, job.AuditFloor)
	if err != nil {
		return reserve, left, err
	}
	all := reserve.MulRaw(int64(job.Spec.Assurance.Auditors)).MulRaw(int64(job.Batches))
	return reserve, all.Sub(job.Audits).Sub(job.Earmarked), nil
}

// earmark sets the largest fees of a batch's audits aside.
func (k Keeper) earmark(ctx context.Context, p *passage, auditors uint32) error {
	reserve, left, err := auditMoney(*p.job)
	if err != nil {
		return err
	}
	p.earmarked = math.MinInt(reserve.MulRaw(int64(auditors)), left)
	p.job.Earmarked = p.job.Earmarked.Add(p.earmarked)
	return emit(ctx, &types.EventBatchSelected{
		JobId: p.job.Id, Batch: p.batch.Index, Epoch: p.batch.Epoch, Worker: p.batch.Lease.Worker,
		Height: p.next.Selection.Height, Auditors: auditors, Earmarked: p.earmarked.String(),
	})
}

// settleAudits pays the audits of an opened batch. While payouts are paused that waits for the batch's end.
func (k Keeper) settleAudits(ctx context.Context, p *passage, effect types.Effect) error {
	err := k.escrow.MayPay(ctx)
	if errors.Is(err, types.ErrPayoutsPaused) {
		return nil
	}
	if err != nil {
		return err
	}
	return k.endAudits(ctx, p, effect)
}

// endAudits lets x/audit pay what stands, and frees the rest of what is set aside.
func (k Keeper) endAudits(ctx context.Context, p *passage, effect types.Effect) error {
	if err := k.performAudit(ctx, p, effect); err != nil {
		return err
	}
	return k.releaseEarmark(ctx, p)
}

// releaseEarmark frees what is set aside for a batch's audits and was not paid.
func (k Keeper) releaseEarmark(ctx context.Context, p *passage) error {
	if p.earmarked.IsZero() {
		return nil
	}
	released := p.earmarked
	p.job.Earmarked = p.job.Earmarked.Sub(released)
	p.earmarked = math.ZeroInt()
	return emit(ctx, &types.EventAuditsReleased{
		JobId: p.job.Id, Batch: p.batch.Index, Epoch: p.batch.Epoch, Released: released.String(),
	})
}

// performAudit lets x/audit do an effect, and pays what it asks for.
func (k Keeper) performAudit(ctx context.Context, p *passage, effect types.Effect) error {
	payments, err := k.audits.Perform(ctx, *p.job, p.batch, effect)
	if err != nil {
		return err
	}
	for _, payment := range payments {
		if err := k.payAudit(ctx, p, payment); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) payAudit(ctx context.Context, p *passage, payment types.AuditPayment) error {
	if payment.Amount.IsZero() {
		return nil
	}
	if err := k.escrow.MayPay(ctx); err != nil {
		return err
	}
	if payment.Amount.IsNegative() || payment.Amount.GT(p.earmarked) {
		return types.ErrInvariant.Wrapf("%s pays %s udmc for an audit, %s are set aside", p.batch.Label(), payment.Amount, p.earmarked)
	}
	to, err := k.account(payment.To)
	if err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.EscrowAccount, to, coins(payment.Amount)); err != nil {
		return err
	}
	p.earmarked = p.earmarked.Sub(payment.Amount)
	*p.job = p.job.PayAudit(payment.Amount)
	return k.escrow.Owe(ctx, payment.Amount.Neg())
}
