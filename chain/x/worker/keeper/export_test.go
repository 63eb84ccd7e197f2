package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// The names below open the store to tests, which have to make states that no message can make.

const (
	ReleasedAtOnce = releasedAtOnce
	SweptWorkers   = sweptWorkers
	DeferredBlocks = deferredBlocks
	PrunedAtOnce   = prunedAtOnce
)

// Isolated is what every item of a block runs in.
func Isolated(ctx sdk.Context, run func(sdk.Context) error) error { return isolated(ctx, run) }

// PutWorker stores a worker as it is.
func (k Keeper) PutWorker(ctx context.Context, owner sdk.AccAddress, w types.Worker) error {
	return k.workers.Set(ctx, owner, w)
}

// PutSlash stores a slash as it is.
func (k Keeper) PutSlash(ctx context.Context, s types.Slash) error {
	return k.slashes.Set(ctx, s.Id, s)
}

// LapseCount is the number of lapses that are not released.
func (k Keeper) LapseCount(ctx context.Context) (n int, err error) {
	err = k.lapses.Walk(ctx, nil, func(uint64, types.Lapse) (bool, error) {
		n++
		return false, nil
	})
	return n, err
}

// HistoryCount is the number of records of lapses.
func (k Keeper) HistoryCount(ctx context.Context) (n int, err error) {
	err = k.lapseHistory.Walk(ctx, nil, func(collections.Triple[sdk.AccAddress, int64, uint64]) (bool, error) {
		n++
		return false, nil
	})
	return n, err
}
