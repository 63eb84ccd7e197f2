package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// jobDraw tells what keeps a worker from the next batch of a job at the end of the coming block.
func (k Keeper) jobDraw(ctx context.Context, jobID uint64, owner sdk.AccAddress, worker workertypes.Worker) (types.JobDraw, error) {
	draw := types.JobDraw{Bond: math.ZeroInt()}
	var err error
	if draw.Job, err = k.Job(ctx, jobID); err != nil {
		return draw, err
	}
	batch, _, err := k.nextBatch(ctx, draw.Job)
	if err != nil {
		return draw, err
	}
	var rule workertypes.Rule
	switch next := height(ctx) + 1; {
	case draw.Job.Over(next + 1):
		rule = types.RuleEnding
	case draw.Job.State != types.JOB_STATE_OPEN:
		rule = types.RuleSuspended
	case batch.State != types.BATCH_STATE_QUEUED:
		rule = types.RuleDrawn
	default:
		if draw.Bond, err = batchBond(draw.Job, batch); err != nil {
			return draw, err
		}
		rule, err = k.keptOut(ctx, draw.Job, draw.Bond, owner, worker)
	}
	draw.KeptOut = string(rule)
	return draw, err
}

// keptOut is the first rule that keeps a worker from a batch whose lease locks the bond, among its bars and what the job needs.
func (k Keeper) keptOut(
	ctx context.Context, job types.Job, bond math.Int, owner sdk.AccAddress, worker workertypes.Worker,
) (workertypes.Rule, error) {
	params, err := k.workers.Params(ctx)
	if err != nil {
		return "", err
	}
	reported, err := k.bars.Has(ctx, collections.Join3(job.Id, []byte(owner), false))
	if err != nil {
		return "", err
	}
	lapsed, err := k.bars.Has(ctx, collections.Join3(job.Id, []byte(owner), true))
	if err != nil {
		return "", err
	}
	if reported {
		return types.RuleReported, nil
	}
	rule := types.NeedsOf(job, bond).Unmet(worker, params)
	if rule == "" && lapsed {
		rule = types.RuleLapsed
	}
	return rule, nil
}

// batchBond is the bond (udmc) that a lease on a batch locks, n*s.
func batchBond(job types.Job, batch types.Batch) (math.Int, error) {
	return protocol.BatchBond(protocol.DefaultBondFactor, batch.Units, job.Spec.GasLimit, job.Spec.MaxPrice)
}
