package keeper

import (
	"context"
	"slices"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// performDispute does the effects that concern disputes and slashing. What waits for the deposits of challenges waits as for the bonds of
// workers, which x/task knows.
func (k Keeper) performDispute(
	ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, effect tasktypes.Effect,
) (payments []tasktypes.AuditPayment, err error) {
	switch e := effect.(type) {
	case tasktypes.QueueDispute:
		err = k.queueDispute(ctx, e.DisputeID)
	case tasktypes.ForfeitBond:
		err = k.forfeit(ctx, job, batch, e)
	case tasktypes.EndDispute:
		err = k.endDispute(ctx, batch, e)
	default:
		err = types.ErrNotSupported.Wrapf("effect %T", effect)
	}
	if types.ErrPayoutsPaused.Is(err) {
		err = workertypes.ErrPayoutsPaused.Wrap(err.Error())
	}
	return nil, err
}

// endDispute moves the deposits of a dispute that is over, and forgets it.
func (k Keeper) endDispute(ctx context.Context, batch tasktypes.Batch, e tasktypes.EndDispute) error {
	unit := e.Unit.Leaf.Unit
	if e.Outcome == tasktypes.OutcomeNoInput {
		return k.dropDifference(ctx, batch, unit, true)
	}
	if e.Unit.DisputeId == 0 {
		return nil // moot before anybody posted its input
	}
	d, err := k.Dispute(ctx, e.Unit.DisputeId)
	if err != nil {
		return err
	}
	switch e.Outcome {
	case tasktypes.OutcomeForWorker:
		err = k.loseAgainst(ctx, batch, d)
	case tasktypes.OutcomeNoVerdict:
		if err = k.returnDeposit(ctx, d); err == nil {
			err = k.dropDifference(ctx, batch, unit, false)
		}
	case tasktypes.OutcomeMoot:
		err = k.endMoot(ctx, d)
	default:
		err = k.returnDeposit(ctx, d)
	}
	if err != nil {
		return err
	}
	return k.dropDispute(ctx, d)
}

// endMoot ends a dispute about a batch of which another unit was refuted.
func (k Keeper) endMoot(ctx context.Context, d types.Dispute) error {
	if err := k.returnDeposit(ctx, d); err != nil {
		return err
	}
	moot := d
	moot.State, moot.Verdict = types.DISPUTE_STATE_DECIDED, types.VERDICT_NONE
	return k.changeDispute(ctx, d, moot, "moot")
}

// dropDifference forgets that audits differ about a unit, since nobody decides it. Where its input could not be had they
// earn no fee.
func (k Keeper) dropDifference(ctx context.Context, batch tasktypes.Batch, unit uint32, forgone bool) error {
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	cause := "no_verdict"
	if forgone {
		cause = "no_input"
	}
	for _, a := range audits {
		if !slices.Contains(a.Differing, unit) {
			continue
		}
		next := a
		next.Differing = slices.DeleteFunc(slices.Clone(a.Differing), func(u uint32) bool { return u == unit })
		next.Forgone = a.Forgone || forgone
		if err := k.change(ctx, a, next, cause, batch.Lease.Worker); err != nil {
			return err
		}
	}
	return nil
}
