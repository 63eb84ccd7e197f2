package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	// releasedAtOnce bounds the lapses, and the slashes, that a block releases; what is left over waits for the next block.
	releasedAtOnce = 200
	// deferredBlocks is how long a lapse or a slash waits that could not be released.
	deferredBlocks = 1_000
)

// EndBlock checks what the accounts hold, releases lapses and slashes that are due and goes on with a sweep, all
// bounded. It never fails: what cannot be done is undone by itself, logged, and for lapses and slashes told by an event.
func (k Keeper) EndBlock(ctx context.Context) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := isolated(sdkCtx, k.checkPayouts); err != nil {
		sdkCtx.Logger().Error("check the accounts of bonds and slashes", "error", err)
	}
	if err := isolated(sdkCtx, k.releaseDue); err != nil {
		sdkCtx.Logger().Error("release lapses", "error", err)
	}
	if err := isolated(sdkCtx, k.releaseSlashes); err != nil {
		sdkCtx.Logger().Error("release slashes", "error", err)
	}
	if err := isolated(sdkCtx, k.continueSweep); err != nil {
		sdkCtx.Logger().Error("fit slots to changed parameters", "error", err)
	}
	return nil
}

func (k Keeper) releaseDue(ctx sdk.Context) error {
	due, err := dueBy(ctx, k.lapses.Indexes.Release.Walk)
	if err != nil {
		return err
	}
	for _, id := range due {
		lapse, err := k.lapses.Get(ctx, id)
		if err != nil {
			return err
		}
		failure := isolated(ctx, func(ctx sdk.Context) error { return k.releaseLapse(ctx, lapse) })
		if failure == nil {
			continue
		}
		if err := k.deferLapse(ctx, lapse, failure); err != nil {
			return err
		}
	}
	return nil
}

// releaseSlashes waits while the account of the slashes is short.
func (k Keeper) releaseSlashes(ctx sdk.Context) error {
	if err := k.held.MayPay(ctx); err != nil {
		if errors.Is(err, types.ErrPayoutsPaused) {
			return nil
		}
		return err
	}
	due, err := dueBy(ctx, k.slashes.Indexes.Release.Walk)
	if err != nil {
		return err
	}
	for _, id := range due {
		slash, err := k.slashes.Get(ctx, id)
		if err != nil {
			return err
		}
		failure := isolated(ctx, func(ctx sdk.Context) error { return k.releaseSlash(ctx, slash) })
		if failure == nil {
			continue
		}
		if err := k.deferSlash(ctx, slash, failure); err != nil {
			return err
		}
	}
	return nil
}

// releaseWalk walks over ids in the order of their release heights.
type releaseWalk func(
	ctx context.Context, within collections.Ranger[collections.Pair[int64, uint64]], visit func(int64, uint64) (stop bool, err error),
) error

// dueBy returns what to release by the height of the block, oldest release first.
func dueBy(ctx sdk.Context, walk releaseWalk) ([]uint64, error) {
	var due []uint64
	err := walk(ctx, nil, func(height int64, id uint64) (bool, error) {
		if height > ctx.BlockHeight() {
			return true, nil
		}
		due = append(due, id)
		return len(due) == releasedAtOnce, nil
	})
	return due, err
}

// isolated runs something in a cached context: its writes and events count only if it neither fails nor panics.
func isolated(ctx sdk.Context, run func(sdk.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errorsmod.Wrapf(types.ErrInconsistent, "panic: %v", r)
		}
	}()
	cached, write := ctx.CacheContext()
	if err := run(cached); err != nil {
		return err
	}
	write()
	return nil
}
