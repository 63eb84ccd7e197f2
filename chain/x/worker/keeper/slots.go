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
func (k Keeper) Slots(ctx context.Context) (uint64, error) {
	count, err := k.slotCount.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return count, err
}

// OwnerAt returns the owner of a slot, or ErrUnknownSlot.
func (k Keeper) OwnerAt(ctx context.Context, slot uint64) (sdk.AccAddress, error) {
	owner, err := k.slots.Get(ctx, slot)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrUnknownSlot, "%d: ask for one below the number of slots", slot)
	}
	return owner, err
}

// fitSlots gives the owner slots or takes them, at a constant cost for each.
func (k Keeper) fitSlots(ctx context.Context, owner sdk.AccAddress, have, want uint64) error {
	if have == want {
		return nil
	}
	count, err := k.Slots(ctx)
	if err != nil {
		return err
	}
	if have < want {
		err = k.addSlots(ctx, owner, count, want-have)
	} else {
		err = k.removeSlots(ctx, owner, count, have-want)
	}
	if err != nil {
		return err
	}
	return k.slotCount.Set(ctx, count+want-have)
}

// addSlots appends to an index of a length.
func (k Keeper) addSlots(ctx context.Context, owner sdk.AccAddress, length, count uint64) error {
	for slot := length; slot < length+count; slot++ {
		if err := k.putSlot(ctx, owner, slot); err != nil {
			return err
		}
	}
	return nil
}

// removeSlots removes the owner's highest slots, highest first, and fills each gap with the last slot of the index.
func (k Keeper) removeSlots(ctx context.Context, owner sdk.AccAddress, length, count uint64) error {
	highest, err := k.highestSlots(ctx, owner, count)
	if err != nil {
		return err
	}
	if uint64(len(highest)) < count {
		return errorsmod.Wrapf(types.ErrInconsistent, "remove %d slots of %s, which has %d", count, owner, len(highest))
	}
	for _, slot := range highest {
		length--
		mover, err := k.slots.Get(ctx, length)
		if err != nil {
			return err
		}
		if err := k.dropSlot(ctx, mover, length); err != nil {
			return err
		}
		if slot == length {
			continue
		}
		if err := k.positions.Remove(ctx, collections.Join(owner, slot)); err != nil {
			return err
		}
		if err := k.putSlot(ctx, mover, slot); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) putSlot(ctx context.Context, owner sdk.AccAddress, slot uint64) error {
	if err := k.slots.Set(ctx, slot, owner); err != nil {
		return err
	}
	return k.positions.Set(ctx, collections.Join(owner, slot))
}

func (k Keeper) dropSlot(ctx context.Context, owner sdk.AccAddress, slot uint64) error {
	if err := k.slots.Remove(ctx, slot); err != nil {
		return err
	}
	return k.positions.Remove(ctx, collections.Join(owner, slot))
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
