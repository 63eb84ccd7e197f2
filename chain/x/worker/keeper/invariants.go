package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// CheckInvariants returns ErrInconsistent for each invariant that does not hold. It walks over the whole state; at the end
// of each block EndBlock checks the accounts at a constant cost.
func (k Keeper) CheckInvariants(ctx context.Context) error {
	return errors.Join(k.CheckBonds(ctx), k.CheckOwed(ctx), k.CheckLocks(ctx), k.CheckSlots(ctx))
}

// CheckBonds checks that the accounts of bonds and slashes hold at least what they owe (more only by stray transfers).
func (k Keeper) CheckBonds(ctx context.Context) error {
	for _, p := range k.purses() {
		state, err := p.State(ctx)
		if err != nil {
			return err
		}
		if state.Short() {
			return errorsmod.Wrapf(types.ErrInconsistent, "%s holds %s udmc and owes %s", state.Account.Name, state.Held, state.Owed)
		}
	}
	return nil
}

// CheckOwed compares the running totals of all bonds and all slashes with the workers and the slashes.
func (k Keeper) CheckOwed(ctx context.Context) error {
	bonds, held := math.ZeroInt(), math.ZeroInt()
	err := k.workers.Walk(ctx, nil, func(_ sdk.AccAddress, w types.Worker) (bool, error) {
		bonds = bonds.Add(w.Bond)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.slashes.Walk(ctx, nil, func(_ uint64, s types.Slash) (bool, error) {
		held = held.Add(s.Amount)
		return false, s.Loss().Validate()
	})
	if err != nil {
		return err
	}
	return errors.Join(checkOwed(ctx, k.bonds, bonds), checkOwed(ctx, k.held, held))
}

func checkOwed(ctx context.Context, p purse.Purse, want math.Int) error {
	state, err := p.State(ctx)
	if err == nil && !state.Owed.Equal(want) {
		return errorsmod.Wrapf(types.ErrInconsistent, "%s owes %s udmc and its total says %s", state.Account.Name, want, state.Owed)
	}
	return err
}

// CheckLocks checks for each worker that its lapses hold no more than what is locked, and that no more than the bond is.
func (k Keeper) CheckLocks(ctx context.Context) error {
	lapsed := map[string]math.Int{}
	err := k.lapses.Walk(ctx, nil, func(_ uint64, l types.Lapse) (bool, error) {
		if _, ok := lapsed[l.Owner]; !ok {
			lapsed[l.Owner] = math.ZeroInt()
		}
		lapsed[l.Owner] = lapsed[l.Owner].Add(l.Amount)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.workers.Walk(ctx, nil, func(_ sdk.AccAddress, w types.Worker) (bool, error) {
		if w.Locked.IsNegative() || w.Reserved.IsNegative() || w.Locked.GT(w.Bond) {
			return true, errorsmod.Wrapf(types.ErrInconsistent, "worker %s: bond %s, locked %s, reserved %s", w.Owner, w.Bond, w.Locked, w.Reserved)
		}
		if held, ok := lapsed[w.Owner]; ok && held.GT(w.Locked) {
			return true, errorsmod.Wrapf(types.ErrInconsistent, "worker %s: lapses hold %s udmc, locked are %s", w.Owner, held, w.Locked)
		}
		return false, nil
	})
}

// CheckSlots checks that the index has one slot for each lot of each worker, and a position for each slot.
func (k Keeper) CheckSlots(ctx context.Context) error {
	slots := map[string]uint64{}
	err := k.slots.Walk(ctx, nil, func(slot uint64, owner sdk.AccAddress) (bool, error) {
		known, err := k.positions.Has(ctx, collections.Join(owner, slot))
		if err == nil && !known {
			err = errorsmod.Wrapf(types.ErrInconsistent, "slot %d of %s has no position", slot, owner)
		}
		slots[string(owner)]++
		return err != nil, err
	})
	if err != nil {
		return err
	}
	var lots uint64
	err = k.workers.Walk(ctx, nil, func(owner sdk.AccAddress, w types.Worker) (bool, error) {
		lots += w.Lots
		if slots[string(owner)] != w.Lots {
			return true, errorsmod.Wrapf(types.ErrInconsistent, "worker %s: %d lots, %d slots", w.Owner, w.Lots, slots[string(owner)])
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	length, err := k.Slots(ctx)
	if err == nil && length != lots {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%d slots, %d lots", length, lots)
	}
	return err
}
