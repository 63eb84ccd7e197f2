package keeper

import (
	"context"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// change is the one way in which a stored worker changes: it applies a pure transition, fits the slots to the
// result, stores it and emits an event for everything that differs.
func (k Keeper) change(
	ctx context.Context, owner sdk.AccAddress, cause types.Cause, ref types.BatchRef,
	apply func(types.Worker, types.Params) (types.Worker, error),
) error {
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	old, err := k.Get(ctx, owner)
	if err != nil {
		return err
	}
	next, err := apply(old, params)
	if err != nil {
		return err
	}
	next.Lots = next.WantedLots(params)
	if err := k.fitSlots(ctx, owner, old.Lots, next.Lots); err != nil {
		return err
	}
	if err := k.bonds.Owe(ctx, next.Bond.Sub(old.Bond)); err != nil {
		return err
	}
	if err := k.workers.Set(ctx, owner, next); err != nil {
		return err
	}
	return emit(ctx, types.Changes(old, next, cause, ref)...)
}

func emit(ctx context.Context, events ...proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvents(events...)
}
