package keeper

import (
	"context"
	"errors"
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// EndBlock checks what the accounts hold, tosses the coins, runs the deadlines that are due, then the draws, then the
// pruning, each within bounds of its own. Whatever fails in it becomes an event.
func (k Keeper) EndBlock(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	paused := true
	_ = k.attempt(sdkCtx, "payouts", func(ctx sdk.Context) (err error) {
		paused, err = k.checkPayouts(ctx)
		return err
	})
	_ = k.attempt(sdkCtx, "coins", func(ctx sdk.Context) error { return k.runCoins(ctx, params) })
	_ = k.attempt(sdkCtx, "deadlines", func(ctx sdk.Context) error { return k.runDeadlines(ctx, params, paused) })
	_ = k.attempt(sdkCtx, "draws", func(ctx sdk.Context) error { return k.runDraws(ctx, params) })
	_ = k.attempt(sdkCtx, "pruning", func(ctx sdk.Context) error { return k.runPruning(ctx, params) })
	return nil
}

// attempt runs one item on its own copy of the state. If the item fails or panics, nothing of it is kept and the
// failure, which is returned, becomes an event; a payout that has to wait is no failure.
func (k Keeper) attempt(ctx sdk.Context, name string, item func(sdk.Context) error) error {
	cached, write := ctx.CacheContext()
	failure := recovered(cached, item)
	switch {
	case failure == nil:
		write()
	case !errors.Is(failure, types.ErrPayoutsPaused) && !errors.Is(failure, workertypes.ErrPayoutsPaused):
		ctx.Logger().Error("an item at the end of the block failed", "item", name, "error", failure)
		if err := emit(ctx, &types.EventItemFailed{Item: name, Error: failure.Error()}); err != nil {
			ctx.Logger().Error("an event could not be written", "item", name, "error", err)
		}
	}
	return failure
}

func recovered(ctx sdk.Context, item func(sdk.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return item(ctx)
}
