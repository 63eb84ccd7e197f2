package keeper

import (
	"context"
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// EndBlock checks what the account of deposits holds, draws auditors, and moves the disputes on, each within bounds of its own. Whatever
// fails in it becomes an event.
func (k Keeper) EndBlock(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	_ = k.attempt(sdkCtx, "payouts", k.checkPayouts)
	_ = k.attempt(sdkCtx, "draws of auditors", func(ctx sdk.Context) error { return k.runDraws(ctx, params) })
	_ = k.attempt(sdkCtx, "disputes", func(ctx sdk.Context) error { return k.runDisputes(ctx, params) })
	return nil
}

// attempt runs one item on its own copy of the state. If the item fails or panics, nothing of it is kept and the
// failure, which is returned, becomes an event; a payout that has to wait is no failure.
func (k Keeper) attempt(ctx sdk.Context, name string, item func(sdk.Context) error) error {
	cached, write := ctx.CacheContext()
	failure := recovered(cached, item)
	if failure == nil {
		write()
		return nil
	}
	if isPaused(failure) {
		return failure
	}
	ctx.Logger().Error("an item at the end of the block failed", "item", name, "error", failure)
	if err := emit(ctx, &types.EventItemFailed{Item: name, Error: failure.Error()}); err != nil {
		ctx.Logger().Error("an event could not be written", "item", name, "error", err)
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
