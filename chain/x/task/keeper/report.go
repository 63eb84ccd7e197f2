package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// ReportMissingInput gives a lease back because one of its inputs cannot be fetched. The owner is barred from the job
// until the requester confirms the inputs; reports of enough different owners suspend the job.
func (k Keeper) ReportMissingInput(ctx context.Context, operator sdk.AccAddress, msg *types.MsgReportMissingInput) error {
	job, batch, err := k.Batch(ctx, msg.JobId, msg.Batch)
	if err != nil {
		return err
	}
	worker, err := k.workers.ByOperator(ctx, operator)
	if err != nil {
		return err
	}
	if err := inBatch(job, msg.Batch, msg.Unit); err != nil {
		return err
	}
	at, err := k.now(ctx, job)
	if err != nil {
		return err
	}
	event := types.InputReported{At: at, Worker: worker.Owner, Epoch: msg.Epoch}
	if _, err := k.step(ctx, &job, batch, event); err != nil {
		return err
	}
	return emit(ctx, &types.EventInputMissing{
		JobId: msg.JobId, Batch: msg.Batch, Epoch: msg.Epoch, Unit: msg.Unit, Worker: worker.Owner,
	})
}

// bar keeps an owner out of the draws of a job. A bar that comes from a report counts towards the job's suspension.
func (k Keeper) bar(ctx context.Context, job *types.Job, e types.BarWorker) error {
	owner, err := k.account(e.Worker)
	if err != nil {
		return err
	}
	if err := k.bars.Set(ctx, collections.Join3(job.Id, []byte(owner), e.Lapse)); err != nil || e.Lapse {
		return err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	old := *job
	*job = job.Report(e.Worker, params.ReportLimit)
	return emitJobState(ctx, old, *job, "missing_inputs")
}

// liftReportBars removes a job's bars that come from reports; those of lapses stay.
func (k Keeper) liftReportBars(ctx context.Context, jobID uint64) error {
	var lifted []barKey
	err := k.bars.Walk(ctx, collections.NewPrefixedTripleRange[uint64, []byte, bool](jobID), func(key barKey) (bool, error) {
		if lapse := key.K3(); !lapse {
			lifted = append(lifted, key)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, key := range lifted {
		if err := k.bars.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// now is the current height with the terms of a job.
func (k Keeper) now(ctx context.Context, job types.Job) (types.At, error) {
	params, err := k.params.Get(ctx)
	return types.At{Height: height(ctx), Terms: types.NewTerms(params, job)}, err
}
