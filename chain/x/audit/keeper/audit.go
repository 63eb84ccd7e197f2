package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func keyOf(a types.Audit) auditKey { return collections.Join4(a.JobId, a.Batch, a.Epoch, a.Index) }

func refOf(a types.Audit) workertypes.BatchRef {
	return workertypes.BatchRef{JobID: a.JobId, Batch: a.Batch, Epoch: a.Epoch}
}

// Audit returns an audit, or ErrUnknownAudit.
func (k Keeper) Audit(ctx context.Context, jobID uint64, batch, epoch, index uint32) (types.Audit, error) {
	a, err := k.audits.Get(ctx, collections.Join4(jobID, batch, epoch, index))
	if errors.Is(err, collections.ErrNotFound) {
		return a, types.ErrUnknownAudit.Wrapf("job %d batch %d epoch %d audit %d", jobID, batch, epoch, index)
	}
	return a, err
}

// auditsOf are the audits of an epoch of a batch, in the order of their places.
func (k Keeper) auditsOf(ctx context.Context, b tasktypes.Batch) ([]types.Audit, error) {
	var found []types.Audit
	within := collections.NewSuperPrefixedQuadRange3[uint64, uint32, uint32, uint32](b.JobId, b.Index, b.Epoch)
	err := k.audits.Walk(ctx, within, func(_ auditKey, a types.Audit) (bool, error) {
		found = append(found, a)
		return false, nil
	})
	return found, err
}

// change stores an audit that differs from the stored one, moves its entries in the indexes, and tells it.
func (k Keeper) change(ctx context.Context, old, next types.Audit, cause, worker string) error {
	if err := k.dropAudit(ctx, old); err != nil {
		return err
	}
	if err := k.addAudit(ctx, next); err != nil {
		return err
	}
	return emit(ctx, &types.EventAuditStateChanged{Audit: next, OldState: old.State, Cause: cause, Worker: worker})
}

// addAudit stores an audit with its entries in the indexes.
func (k Keeper) addAudit(ctx context.Context, a types.Audit) error {
	if err := k.audits.Set(ctx, keyOf(a), a); err != nil {
		return err
	}
	if a.State == types.AUDIT_STATE_QUEUED {
		return k.draws.Set(ctx, keyOf(a))
	}
	if !a.Assigned() {
		return nil
	}
	owner, err := k.account(a.Auditor)
	if err != nil {
		return err
	}
	return k.auditors.Set(ctx, collections.Join3([]byte(owner), a.Posted(), keyOf(a)))
}

// dropAudit takes an audit out of the store and the indexes. One that is not there does no harm.
func (k Keeper) dropAudit(ctx context.Context, a types.Audit) error {
	if err := k.audits.Remove(ctx, keyOf(a)); err != nil {
		return err
	}
	if err := k.draws.Remove(ctx, keyOf(a)); err != nil {
		return err
	}
	if !a.Assigned() {
		return nil
	}
	owner, err := k.account(a.Auditor)
	if err != nil {
		return err
	}
	return k.auditors.Remove(ctx, collections.Join3([]byte(owner), a.Posted(), keyOf(a)))
}

// endAudit ends an audit whose deposit is decided: unlocked, or lost to whoever called.
func (k Keeper) endAudit(ctx context.Context, a types.Audit, lost bool) error {
	if a.Deposit.IsPositive() && !lost {
		owner, err := k.account(a.Auditor)
		if err != nil {
			return err
		}
		if err := k.workers.Unlock(ctx, owner, a.Deposit); err != nil {
			return err
		}
	}
	if err := k.dropAudit(ctx, a); err != nil {
		return err
	}
	return emit(ctx, &types.EventAuditEnded{
		JobId: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Index: a.Index, Auditor: a.Auditor, Deposit: a.Deposit.String(),
		Lost: lost, OldState: a.State,
	})
}
