package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// SetParams replaces the parameters. Where they change the lots of workers, slots follow over the next blocks.
func (k Keeper) SetParams(ctx context.Context, params types.Params) error {
	if err := params.Validate(); err != nil {
		return err
	}
	old, err := k.Params(ctx)
	if err != nil {
		return err
	}
	if err := k.params.Set(ctx, params); err != nil {
		return err
	}
	if !old.Lot.Equal(params.Lot) || old.MaxLots != params.MaxLots {
		if err := k.startSweep(ctx); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventParamsUpdated{Params: params, Old: old})
}
