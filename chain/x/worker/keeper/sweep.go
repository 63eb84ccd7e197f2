package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	// sweptWorkers bounds the workers that a block visits after the size of a lot has changed.
	sweptWorkers = 200
	// sweptSlots is the number of slots after which a block visits no further worker.
	sweptSlots = 2_000
)

// startSweep makes the next blocks visit all workers from the first.
func (k Keeper) startSweep(ctx context.Context) error {
	first, err := k.workersFrom(ctx, nil, 1)
	if err != nil || len(first) == 0 {
		return err
	}
	return k.sweep.Set(ctx, first[0].Key)
}

// continueSweep fits the slots of some workers to changed parameters and remembers where to go on.
func (k Keeper) continueSweep(ctx sdk.Context) error {
	start, err := k.sweep.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	workers, err := k.workersFrom(ctx, start, sweptWorkers+1)
	if err != nil {
		return err
	}
	var moved uint64
	for i, entry := range workers {
		if i == sweptWorkers || moved >= sweptSlots {
			return k.sweep.Set(ctx, entry.Key)
		}
		have, want := entry.Value.Lots, entry.Value.WantedLots(params)
		if have == want {
			continue
		}
		moved += max(have, want) - min(have, want)
		if err := isolated(ctx, func(ctx sdk.Context) error { return k.refit(ctx, entry.Key) }); err != nil {
			ctx.Logger().Error("fit the slots of a worker", "owner", entry.Key, "error", err)
		}
	}
	return k.sweep.Remove(ctx)
}

func (k Keeper) refit(ctx context.Context, owner sdk.AccAddress) error {
	return k.change(ctx, owner, types.CauseParams, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w, nil
	})
}

// workersFrom returns at most limit workers in the order of their owners, from start on or from the first.
func (k Keeper) workersFrom(
	ctx context.Context, start sdk.AccAddress, limit int,
) ([]collections.KeyValue[sdk.AccAddress, types.Worker], error) {
	from := new(collections.Range[sdk.AccAddress])
	if start != nil {
		from = from.StartInclusive(start)
	}
	var workers []collections.KeyValue[sdk.AccAddress, types.Worker]
	err := k.workers.Walk(ctx, from, func(owner sdk.AccAddress, w types.Worker) (bool, error) {
		workers = append(workers, collections.KeyValue[sdk.AccAddress, types.Worker]{Key: owner, Value: w})
		return len(workers) == limit, nil
	})
	return workers, err
}
