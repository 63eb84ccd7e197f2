package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// hooks are what x/task asks of x/audit.
type hooks struct{ k Keeper }

// Hooks returns what x/task asks of this module.
func (k Keeper) Hooks() tasktypes.AuditHooks { return hooks{k} }

// Perform does an effect that concerns audits and disputes, and returns what the job's escrow has to pay for it.
func (h hooks) Perform(
	ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, effect tasktypes.Effect,
) ([]tasktypes.AuditPayment, error) {
	ref := refOfBatch(batch)
	switch e := effect.(type) {
	case tasktypes.DrawAuditors:
		return nil, h.k.selectBatch(ctx, job, batch, e)
	case tasktypes.EndAuditRound:
		return nil, h.k.endRound(ctx, batch, e.Last)
	case tasktypes.SettleAudits:
		return h.k.settleAudits(ctx, job, batch, true)
	case tasktypes.EndAudits:
		return h.k.endAudits(ctx, job, batch)
	case tasktypes.PayAuditsFromBond:
		return nil, h.k.payFromBond(ctx, job, batch, e.Amount)
	case tasktypes.RecordMatched:
		return nil, h.k.withOwner(ctx, e.Worker, ref, h.k.workers.AuditMatched)
	case tasktypes.BurnBond:
		return nil, h.k.forfeitWithheld(ctx, batch, e.Amount)
	}
	return h.k.performDispute(ctx, job, batch, effect)
}

func (k Keeper) withOwner(
	ctx context.Context, worker string, ref workertypes.BatchRef,
	do func(context.Context, sdk.AccAddress, workertypes.BatchRef) error,
) error {
	owner, err := k.account(worker)
	if err != nil {
		return err
	}
	return do(ctx, owner, ref)
}
