package keeper

import (
	"cmp"
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// CheckInvariants returns ErrInvariant for the first of the module's invariants that does not hold. It walks over the
// whole state.
func (k Keeper) CheckInvariants(ctx context.Context) error {
	return cmp.Or(
		k.CheckAuditors(ctx), k.CheckDraws(ctx), k.CheckAudited(ctx), k.CheckDeposits(ctx), k.CheckOwed(ctx), k.CheckDisputes(ctx), k.CheckVotes(ctx),
		k.CheckReferees(ctx),
	)
}

// CheckAudited is invariant 7, and that every audit is of an epoch that is not over: the auditor of a batch is neither
// its worker nor its requester, and nobody has two places.
func (k Keeper) CheckAudited(ctx context.Context) error {
	return k.audits.Walk(ctx, nil, func(_ auditKey, a types.Audit) (bool, error) {
		job, batch, err := k.tasks.Epoch(ctx, a.JobId, a.Batch, a.Epoch)
		if tasktypes.ErrWrongEpoch.Is(err) && batch.LateOpen == a.Epoch+1 {
			err = nil // not opened in time, and not offered again yet
		}
		if err != nil {
			return true, types.ErrInvariant.Wrapf("%s is of no open epoch: %s", a.Label(), err)
		}
		if a.Auditor != "" && (a.Auditor == batch.Lease.Worker || a.Auditor == job.Requester) {
			return true, types.ErrInvariant.Wrapf("%s has the auditor %s", a.Label(), a.Auditor)
		}
		return false, nil
	})
}

// CheckDraws checks that the audits that wait for an auditor, and no others, are in the queue of draws.
func (k Keeper) CheckDraws(ctx context.Context) error {
	waiting := 0
	err := k.audits.Walk(ctx, nil, func(key auditKey, a types.Audit) (bool, error) {
		queued, err := k.draws.Has(ctx, key)
		if err == nil && queued != (a.State == types.AUDIT_STATE_QUEUED) {
			err = types.ErrInvariant.Wrapf("%s is %s and queued for a draw %t", a.Label(), a.State.Short(), queued)
		}
		if queued {
			waiting++
		}
		return err != nil, err
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.draws.Walk(ctx, nil, func(auditKey) (bool, error) {
		entries++
		return false, nil
	})
	if err == nil && entries != waiting {
		err = types.ErrInvariant.Wrapf("%d entries in the queue of draws for %d audits", entries, waiting)
	}
	return err
}

// CheckAuditors checks that the index of auditors has the audits, and nothing else.
func (k Keeper) CheckAuditors(ctx context.Context) error {
	drawn := 0
	err := k.audits.Walk(ctx, nil, func(_ auditKey, a types.Audit) (bool, error) {
		if a.Assigned() {
			drawn++
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.auditors.Walk(ctx, nil, func(key auditorKey) (bool, error) {
		entries++
		a, err := k.audits.Get(ctx, key.K3())
		if err != nil {
			return true, err
		}
		owner, err := k.account(a.Auditor)
		if err == nil && (string(owner) != string(key.K1()) || a.Posted() != key.K2()) {
			err = types.ErrInvariant.Wrapf("%s is indexed for another auditor", a.Label())
		}
		return err != nil, err
	})
	if err == nil && entries != drawn {
		err = types.ErrInvariant.Wrapf("%d entries for %d audits with an auditor", entries, drawn)
	}
	return err
}
