package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

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

// closeAudits ends the time of auditors that did not post, because the batch's key was shown: what they would post now
// proves nothing. A batch that was not selected yet is sampled from the seed of the next live height.
func (k Keeper) closeAudits(ctx context.Context, batch tasktypes.Batch) error {
	if batch.Selection == nil {
		return k.shown.Set(ctx, collections.Join3(batch.JobId, batch.Index, batch.Epoch), height(ctx))
	}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	for _, a := range audits {
		if a.State != types.AUDIT_STATE_DRAWN && a.State != types.AUDIT_STATE_QUEUED {
			continue
		}
		next := a
		next.State = types.AUDIT_STATE_VACANT
		if err := k.change(ctx, a, next, "key_shown", batch.Lease.Worker); err != nil {
			return err
		}
	}
	return nil
}

// runSamples fixes the samples of batches whose key was shown before this height, as many as a block allows.
func (k Keeper) runSamples(ctx sdk.Context, params types.Params, seed protocol.Hash) error {
	var due []shownKey
	err := k.shown.Walk(ctx, nil, func(key shownKey, at int64) (bool, error) {
		if at < ctx.BlockHeight() {
			due = append(due, key)
		}
		return len(due) == int(params.DrawsPerBlock), nil
	})
	if err != nil {
		return err
	}
	for _, key := range due {
		name := fmt.Sprintf("samples of job %d batch %d epoch %d", key.K1(), key.K2(), key.K3())
		_ = k.attempt(ctx, name, func(ctx sdk.Context) error { return k.sample(ctx, seed, key) })
	}
	return nil
}

// sample fixes the units of a batch that nobody audits any more, unless it went on meanwhile.
func (k Keeper) sample(ctx sdk.Context, seed protocol.Hash, key shownKey) error {
	if err := k.shown.Remove(ctx, key); err != nil {
		return err
	}
	job, batch, err := k.tasks.Epoch(ctx, key.K1(), key.K2(), key.K3())
	if tasktypes.ErrWrongEpoch.Is(err) || tasktypes.IsUnknown(err) {
		return nil
	}
	if err != nil || batch.State != tasktypes.BATCH_STATE_OPENING || batch.Selection == nil || batch.Selection.Height != 0 {
		return err
	}
	audits := types.NewAudits(job, batch, batch.Selection.Auditors, seed, types.AUDIT_STATE_VACANT)
	if err := k.makeAudits(ctx, batch, audits, "key_shown"); err != nil {
		return err
	}
	_, err = k.tasks.Apply(ctx, key.K1(), key.K2(), key.K3(), func(at tasktypes.At) tasktypes.Event {
		return tasktypes.Sampled{At: at, SeedHeight: ctx.BlockHeight()}
	})
	return err
}
