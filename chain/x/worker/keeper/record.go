package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// MissOffer counts an offer that was not accepted in time: availability goes down, and at missed_limit in a row
// the worker is set aside until its operator resumes it.
func (k Keeper) MissOffer(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseMissedOffer, ref, func(w types.Worker, p types.Params) (types.Worker, error) {
		return w.MissOffer(p), nil
	})
}

// Responded forgets the offers that a worker missed, because it accepted one.
func (k Keeper) Responded(ctx context.Context, owner sdk.AccAddress) error {
	return k.change(ctx, owner, types.CauseResponded, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Responded(), nil
	})
}

// NotOpened counts a committed batch that was never opened: availability goes down.
func (k Keeper) NotOpened(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseNotOpened, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.NotOpened(), nil
	})
}

// Final counts a batch that reached Final: availability and the count of final batches go up.
func (k Keeper) Final(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseFinal, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Final()
	})
}

// AuditPosted counts an audit that was posted in time: availability goes up.
func (k Keeper) AuditPosted(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseAuditPosted, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.AuditPosted(), nil
	})
}

// AuditMissed counts an audit that was not posted in time: availability goes down.
func (k Keeper) AuditMissed(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseAuditMissed, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.AuditMissed(), nil
	})
}

// AuditMatched counts an audit of the worker's batch that agreed with it: standing goes up.
func (k Keeper) AuditMatched(ctx context.Context, owner sdk.AccAddress, ref types.BatchRef) error {
	return k.change(ctx, owner, types.CauseAuditMatched, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.AuditMatched()
	})
}
