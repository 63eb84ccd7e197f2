package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// Slots is the length of the index of bond lots.
func (k Keeper) Slots(ctx context.Context) (uint64, error) { return k.slots.Len(ctx) }

// OwnerAt returns the owner of a slot, or ErrUnknownSlot.
func (k Keeper) OwnerAt(ctx context.Context, slot uint64) (sdk.AccAddress, error) {
	owner, err := k.slots.Get(ctx, slot)
	if errors.Is(err, collections.ErrOutOfBounds) {
		return nil, errorsmod.Wrapf(types.ErrUnknownSlot, "%d: ask for one below the number of slots", slot)
	}
	return owner, err
}

// fitSlots gives the owner slots or takes them, at a constant cost for each.
func (k Keeper) fitSlots(ctx context.Context, owner sdk.AccAddress, have, want uint64) error {
	if want < have {
		return k.removeSlots(ctx, owner, have-want)
	}
	for range want - have {
		if err := k.addSlot(ctx, owner); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) addSlot(ctx context.Context, owner sdk.AccAddress) error {
	length, err := k.slots.Len(ctx)
	if err != nil {
		return err
	}
	if err := k.slots.Push(ctx, owner); err != nil {
		return err
	}
	return k.positions.Set(ctx, collections.Join(owner, length))
}

// removeSlots removes the owner's highest slots, highest first.
func (k Keeper) removeSlots(ctx context.Context, owner sdk.AccAddress, count uint64) error {
	highest, err := k.highestSlots(ctx, owner, count)
	if err != nil {
		return err
	}
	if uint64(len(highest)) < count {
		return errorsmod.Wrapf(types.ErrInconsistent, "remove %d slots of %s, which has %d", count, owner, len(highest))
	}
	for _, slot := range highest {
		if err := k.removeSlot(ctx, owner, slot); err != nil {
			return err
		}
	}
	return nil
}

// removeSlot fills the gap with the last slot of the index.
func (k Keeper) removeSlot(ctx context.Context, owner sdk.AccAddress, slot uint64) error {
	mover, err := k.slots.Pop(ctx)
	if err != nil {
		return err
	}
	last, err := k.slots.Len(ctx)
	if err != nil {
		return err
	}
	if err := k.positions.Remove(ctx, collections.Join(owner, slot)); err != nil {
		return err
	}
	if last == slot {
		return nil
	}
	if err := k.positions.Remove(ctx, collections.Join(mover, last)); err != nil {
		return err
	}
	if err := k.positions.Set(ctx, collections.Join(mover, slot)); err != nil {
		return err
	}
	return k.slots.Replace(ctx, slot, mover)
}

func (k Keeper) highestSlots(ctx context.Context, owner sdk.AccAddress, count uint64) ([]uint64, error) {
	var slots []uint64
	ofOwner := collections.NewPrefixedPairRange[sdk.AccAddress, uint64](owner).Descending()
	err := k.positions.Walk(ctx, ofOwner, func(key collections.Pair[sdk.AccAddress, uint64]) (bool, error) {
		slots = append(slots, key.K2())
		return uint64(len(slots)) == count, nil
	})
	return slots, err
}
