package keeper

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// Reserve counts an offer of a lease that will lock the amount (udmc). Whom to offer to is decided by the draw.
func (k Keeper) Reserve(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.change(ctx, owner, types.CauseOffer, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Reserve(amount)
	})
}

// Release takes back an offer that did not become a lease.
func (k Keeper) Release(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.change(ctx, owner, types.CauseOfferGone, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Release(amount)
	})
}

// Lock turns an offer into a lease, or returns ErrInsufficientBond.
func (k Keeper) Lock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.change(ctx, owner, types.CauseLease, types.BatchRef{}, func(w types.Worker, p types.Params) (types.Worker, error) {
		return w.Lock(p, amount)
	})
}

// EndLease counts a batch less: committed, given back or lapsed. Its bond stays locked until Unlock.
func (k Keeper) EndLease(ctx context.Context, owner sdk.AccAddress) error {
	return k.change(ctx, owner, types.CauseLeaseEnd, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.EndLease()
	})
}

// Unlock frees locked bond.
func (k Keeper) Unlock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.change(ctx, owner, types.CauseUnlock, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Unlock(amount)
	})
}
