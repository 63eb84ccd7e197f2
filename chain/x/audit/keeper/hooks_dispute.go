package keeper

import (
	"context"
	"slices"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// performDispute does the effects that concern disputes and slashing.
func (k Keeper) performDispute(
	ctx context.Context, _ tasktypes.Job, batch tasktypes.Batch, effect tasktypes.Effect,
) ([]tasktypes.AuditPayment, error) {
	if e, ok := effect.(tasktypes.EndDispute); ok && e.Outcome == tasktypes.OutcomeNoInput {
		return nil, k.dropDifference(ctx, batch, e.Unit.Leaf.Unit, true)
	}
	return nil, types.ErrNotSupported.Wrapf("effect %T", effect)
}

// dropDifference forgets that audits differ about a unit, since nobody decides it. Where its input could not be had they
// earn no fee.
func (k Keeper) dropDifference(ctx context.Context, batch tasktypes.Batch, unit uint32, forgone bool) error {
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	for _, a := range audits {
		if !slices.Contains(a.Differing, unit) {
			continue
		}
		a.Differing = slices.DeleteFunc(slices.Clone(a.Differing), func(u uint32) bool { return u == unit })
		a.Forgone = a.Forgone || forgone
		if err := k.audits.Set(ctx, keyOf(a), a); err != nil {
			return err
		}
	}
	return nil
}

// VotingTimedOut returns the event for a batch whose time ran out in Voting.
func (h hooks) VotingTimedOut(
	_ context.Context, _ tasktypes.Job, batch tasktypes.Batch, _ tasktypes.At,
) (tasktypes.Event, error) {
	return nil, types.ErrNotSupported.Wrapf("%s votes", batch.Label())
}
