package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// withhold keeps a selected epoch that was not opened in time, beside its batch that goes on.
func (k Keeper) withhold(ctx context.Context, b types.Batch) error {
	if err := k.setWithheld(ctx, b); err != nil {
		return err
	}
	return emitWithheld(ctx, types.Batch{}, b, "withheld")
}

// stepWithheld stores a withheld epoch after an event, until it is over. Its job may be long gone.
func (k Keeper) stepWithheld(
	ctx context.Context, job *types.Job, batch, next types.Batch, event types.Event,
) (types.Batch, error) {
	if err := k.setWithheld(ctx, next); err != nil {
		return batch, err
	}
	if err := emitWithheld(ctx, batch, next, event.Name()); err != nil {
		return batch, err
	}
	if next.State == types.BATCH_STATE_FRAUD {
		return k.forfeit(ctx, job, next)
	}
	return next, nil
}

func (k Keeper) setWithheld(ctx context.Context, b types.Batch) error {
	key := collections.Join3(b.JobId, b.Index, b.Epoch)
	if !b.Live() {
		if err := k.withheld.Remove(ctx, key); err != nil {
			return err
		}
		return k.unschedule(ctx, b.JobId, withheldSlot(b))
	}
	if err := k.withheld.Set(ctx, key, b); err != nil {
		return err
	}
	return k.schedule(ctx, b.JobId, withheldSlot(b), b.Deadline)
}

func emitWithheld(ctx context.Context, old, next types.Batch, cause string) error {
	return emit(ctx, &types.EventWithheldStateChanged{
		JobId: next.JobId, Batch: next.Index, Epoch: next.Epoch, OldState: old.State, NewState: next.State, Cause: cause,
		Deadline: next.Deadline, Worker: next.Lease.Worker, Bond: next.Lease.Bond.String(),
	})
}
