package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// prunedAtOnce bounds how many outdated lapse records go with each new one.
const prunedAtOnce = 16

// Lapse records that a lease ran out. Its amount, locked since the lease, stays locked for
// lapse_lock*2^min(lapses,8) blocks, lapses being the owner's earlier ones within the window.
func (k Keeper) Lapse(ctx context.Context, owner sdk.AccAddress, amount math.Int, ref types.BatchRef) error {
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	count, err := k.recentLapses(ctx, owner, height-params.LapseWindow)
	if err != nil {
		return err
	}
	err = k.change(ctx, owner, types.CauseLapse, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Lapse(amount)
	})
	if err != nil {
		return err
	}
	if err := k.pruneHistory(ctx, owner, height-params.LapseWindow); err != nil {
		return err
	}
	id, err := k.nextLapseID.Next(ctx)
	if err != nil {
		return err
	}
	name, err := k.text(owner)
	if err != nil {
		return err
	}
	lapse := types.Lapse{
		Id: id, Owner: name, Amount: amount, Height: height, ReleaseHeight: height + params.LapseDuration(count),
	}
	if err := k.lapses.Set(ctx, id, lapse); err != nil {
		return err
	}
	if err := k.lapseHistory.Set(ctx, collections.Join3(owner, height, id)); err != nil {
		return err
	}
	return emit(ctx, &types.EventLapse{Lapse: lapse})
}

// recentLapses counts the owner's lapses after a height, no further than it matters.
func (k Keeper) recentLapses(ctx context.Context, owner sdk.AccAddress, after int64) (uint32, error) {
	var count uint32
	newestFirst := collections.NewPrefixedTripleRangeReversed[sdk.AccAddress, int64, uint64](owner)
	err := k.lapseHistory.Walk(ctx, newestFirst, func(key collections.Triple[sdk.AccAddress, int64, uint64]) (bool, error) {
		if key.K2() <= after {
			return true, nil
		}
		count++
		return count == types.MaxLapseDoublings, nil
	})
	return count, err
}

// pruneHistory forgets the owner's oldest lapses up to a height, a bounded number at once.
func (k Keeper) pruneHistory(ctx context.Context, owner sdk.AccAddress, upTo int64) error {
	var outdated []collections.Triple[sdk.AccAddress, int64, uint64]
	oldestFirst := collections.NewPrefixedTripleRange[sdk.AccAddress, int64, uint64](owner)
	err := k.lapseHistory.Walk(ctx, oldestFirst, func(key collections.Triple[sdk.AccAddress, int64, uint64]) (bool, error) {
		if key.K2() > upTo {
			return true, nil
		}
		outdated = append(outdated, key)
		return len(outdated) == prunedAtOnce, nil
	})
	if err != nil {
		return err
	}
	for _, key := range outdated {
		if err := k.lapseHistory.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// releaseLapse frees the bond of a lapse.
func (k Keeper) releaseLapse(ctx context.Context, lapse types.Lapse) error {
	owner, err := k.address(lapse.Owner)
	if err != nil {
		return err
	}
	err = k.change(ctx, owner, types.CauseLapseRelease, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Unlock(lapse.Amount)
	})
	if err != nil {
		return err
	}
	if err := k.lapses.Remove(ctx, lapse.Id); err != nil {
		return err
	}
	return emit(ctx, &types.EventLapseReleased{Lapse: lapse})
}

// deferLapse puts off a lapse that cannot be released, so that it holds up no other.
func (k Keeper) deferLapse(ctx context.Context, lapse types.Lapse, cause error) error {
	old := lapse.ReleaseHeight
	lapse.ReleaseHeight = sdk.UnwrapSDKContext(ctx).BlockHeight() + deferredBlocks
	if err := k.lapses.Set(ctx, lapse.Id, lapse); err != nil {
		return err
	}
	return emit(ctx, &types.EventLapseDeferred{Lapse: lapse, OldReleaseHeight: old, Error: cause.Error()})
}
