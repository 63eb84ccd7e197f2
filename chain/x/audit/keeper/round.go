package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// selectBatch makes the audits of a batch whose coin hit; their auditors are drawn at the end of the block.
func (k Keeper) selectBatch(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, e tasktypes.DrawAuditors) error {
	value, _, _, err := k.beacon.SeedOf(ctx, e.SeedHeight)
	if err != nil {
		return err
	}
	seed, err := protocol.HashFromBytes(value)
	if err != nil {
		return err
	}
	return k.makeAudits(ctx, batch, types.NewAudits(job, batch, e.Auditors, seed, types.AUDIT_STATE_QUEUED), "selected")
}

func (k Keeper) makeAudits(ctx context.Context, batch tasktypes.Batch, audits []types.Audit, cause string) error {
	for _, a := range audits {
		if err := k.addAudit(ctx, a); err != nil {
			return err
		}
		event := types.EventAuditStateChanged{Audit: a, Cause: cause, Worker: batch.Lease.Worker}
		if err := emit(ctx, &event); err != nil {
			return err
		}
	}
	return nil
}

// endRound records which auditors are absent. Unless it was the last round others are drawn in their places, for a
// higher fee. Who was drawn in the second half of the round only is not held to be absent.
func (k Keeper) endRound(ctx context.Context, batch tasktypes.Batch, last bool) error {
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	for _, a := range audits {
		if a.State != types.AUDIT_STATE_DRAWN && a.State != types.AUDIT_STATE_QUEUED {
			continue
		}
		cause := "nobody"
		if a.State == types.AUDIT_STATE_DRAWN {
			cause = "absent"
			if err := k.recordAbsence(ctx, a); err != nil {
				return err
			}
		}
		next := a
		if next.State = types.AUDIT_STATE_VACANT; !last {
			next.State, next.Round, next.BarrenDraws = types.AUDIT_STATE_QUEUED, a.Round+1, 0
		}
		if err := k.change(ctx, a, next, cause, batch.Lease.Worker); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) recordAbsence(ctx context.Context, a types.Audit) error {
	if had, waited := a.Deadline-a.DrawnHeight, height(ctx)-a.DrawnHeight; had <= 0 || waited < had {
		return nil
	}
	params, err := k.tasks.Params(ctx)
	if err != nil {
		return err
	}
	if a.Deadline-a.DrawnHeight < params.AuditBlocks/2 {
		return nil
	}
	owner, err := k.account(a.Auditor)
	if err != nil {
		return err
	}
	return k.workers.AuditMissed(ctx, owner, refOf(a))
}
