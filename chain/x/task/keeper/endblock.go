package keeper

import (
	"context"
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// EndBlock runs the deadlines that are due, then the draws. Whatever fails in it becomes an event.
func (k Keeper) EndBlock(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	k.attempt(sdkCtx, "deadlines", func(ctx sdk.Context) error { return k.runDeadlines(ctx, params) })
	k.attempt(sdkCtx, "draws", func(ctx sdk.Context) error { return k.runDraws(ctx, params) })
	return nil
}

// attempt runs one item on its own copy of the state. If the item fails or panics, nothing of it is kept and the
// failure becomes an event; ok tells which.
func (k Keeper) attempt(ctx sdk.Context, name string, item func(sdk.Context) error) (ok bool) {
	cached, write := ctx.CacheContext()
	if err := recovered(cached, item); err != nil {
		ctx.Logger().Error("an item at the end of the block failed", "item", name, "error", err)
		if err := emit(ctx, &types.EventItemFailed{Item: name, Error: err.Error()}); err != nil {
			ctx.Logger().Error("an event could not be written", "item", name, "error", err)
		}
		return false
	}
	write()
	return true
}

func recovered(ctx sdk.Context, item func(sdk.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return item(ctx)
}
