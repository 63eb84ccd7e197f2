package keeper

import (
	"context"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Where the fee of an audit comes from.
const (
	fromEscrow = "escrow"
	fromLock   = "lock"
)

// settleAudits returns the fees of a batch's audits that stand, as far as what is set aside goes: what they verified is
// known since the opening. What nobody could post is paid to the worker of a batch that stands.
func (k Keeper) settleAudits(
	ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, stands bool,
) ([]tasktypes.AuditPayment, error) {
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return nil, err
	}
	var payments []tasktypes.AuditPayment
	left := batch.Earmarked()
	for _, a := range audits {
		if a.Paid || a.Forgone || a.Missed() && !stands {
			continue
		}
		fee, err := escrowFee(job, a)
		if err != nil {
			return nil, err
		}
		to := a.Auditor
		if a.Missed() {
			to = batch.Lease.Worker
		}
		if fee = math.MinInt(fee, left); !fee.IsPositive() {
			continue
		}
		left = left.Sub(fee)
		if err := k.paid(ctx, a, to, fee, fromEscrow); err != nil {
			return nil, err
		}
		payments = append(payments, tasktypes.AuditPayment{To: to, Amount: fee})
	}
	return payments, nil
}

// escrowFee is what the escrow pays for an audit: for what it verified, at the job's limits where its last auditor did not post, and nothing
// where there was none.
func escrowFee(job tasktypes.Job, a types.Audit) (math.Int, error) {
	switch {
	case a.State == types.AUDIT_STATE_MATCHED || a.State == types.AUDIT_STATE_DIFFERED:
		return types.Fee(job, a, a.Gas)
	case a.Missed():
		a.Ask = job.Spec.MaxPrice
		return lockFee(job, a)
	}
	return math.ZeroInt(), nil
}

// paid marks an audit as paid and tells it. The indexes do not change.
func (k Keeper) paid(ctx context.Context, a types.Audit, to string, fee math.Int, source string) error {
	a.Paid = true
	if err := k.audits.Set(ctx, keyOf(a), a); err != nil {
		return err
	}
	return emit(ctx, &types.EventAuditPaid{
		JobId: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Index: a.Index, Auditor: to, Fee: fee.String(), Source: source,
	})
}

// endAudits frees the deposits of an epoch's audits, and returns the fees that were not paid yet: an opening while payouts
// were paused, or a batch of which another auditor's unit was refuted.
func (k Keeper) endAudits(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch) ([]tasktypes.AuditPayment, error) {
	payments, err := k.settleAudits(ctx, job, batch, false)
	if err != nil {
		return nil, err
	}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return nil, err
	}
	for _, a := range audits {
		if err := k.endAudit(ctx, a, false); err != nil {
			return nil, err
		}
	}
	return payments, nil
}

// lockFee is what an audit of a batch that was never opened earns: nobody knows what it verified, so it counts at the
// gas limit.
func lockFee(job tasktypes.Job, a types.Audit) (math.Int, error) {
	return types.Fee(job, a, uint64(len(a.Units))*job.Spec.GasLimit)
}

// BondFees is what the posted audits of a batch that was not opened are paid out of its lease's bond, at most all of it.
func (h hooks) BondFees(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch) (math.Int, error) {
	fees := math.ZeroInt()
	audits, err := h.k.auditsOf(ctx, batch)
	if err != nil {
		return fees, err
	}
	for _, a := range audits {
		if a.State != types.AUDIT_STATE_POSTED {
			continue
		}
		fee, err := lockFee(job, a)
		if err != nil {
			return fees, err
		}
		fees = fees.Add(fee)
	}
	return math.MinInt(fees, batch.Lease.Bond), nil
}

// payFromBond pays the posted audits of a batch that was not opened, out of its worker's bond as far as that goes.
func (k Keeper) payFromBond(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, left math.Int) error {
	worker, err := k.account(batch.Lease.Worker)
	if err != nil {
		return err
	}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	for _, a := range audits {
		if a.State != types.AUDIT_STATE_POSTED {
			continue
		}
		fee, err := lockFee(job, a)
		if err != nil {
			return err
		}
		fee = math.MinInt(fee, left)
		if !fee.IsPositive() {
			continue
		}
		to, err := k.account(a.Auditor)
		if err != nil {
			return err
		}
		if err := k.workers.PayLocked(ctx, worker, to, fee, refOf(a)); err != nil {
			return err
		}
		left = left.Sub(fee)
		if err := k.paid(ctx, a, a.Auditor, fee, fromLock); err != nil {
			return err
		}
	}
	return nil
}
