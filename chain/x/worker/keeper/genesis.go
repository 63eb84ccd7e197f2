package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// InitGenesis stores an exported state. The accounts of bonds and slashes have to hold their sums already.
func (k Keeper) InitGenesis(ctx context.Context, state types.GenesisState) error {
	if err := state.Validate(k.accounts.AddressCodec()); err != nil {
		return err
	}
	k.accounts.GetModuleAccount(ctx, types.BondAccount)
	k.accounts.GetModuleAccount(ctx, types.HoldAccount)
	if err := k.params.Set(ctx, state.Params); err != nil {
		return err
	}
	if err := k.importWorkers(ctx, state); err != nil {
		return err
	}
	if err := k.importLapses(ctx, state); err != nil {
		return err
	}
	if err := k.importSlashes(ctx, state); err != nil {
		return err
	}
	if err := k.importSlots(ctx, state.Slots); err != nil {
		return err
	}
	if err := k.CheckBonds(ctx); err != nil {
		return errorsmod.Wrap(types.ErrInvalidGenesis, err.Error())
	}
	return nil
}

func (k Keeper) importWorkers(ctx context.Context, state types.GenesisState) error {
	fitted, bonds := true, math.ZeroInt()
	for _, w := range state.Workers {
		owner, err := k.address(w.Owner)
		if err != nil {
			return err
		}
		if err := k.workers.Set(ctx, owner, w); err != nil {
			return err
		}
		fitted = fitted && w.Lots == w.WantedLots(state.Params)
		bonds = bonds.Add(w.Bond)
	}
	if err := k.bonds.Owe(ctx, bonds); err != nil {
		return err
	}
	if fitted {
		return nil
	}
	return k.startSweep(ctx)
}

func (k Keeper) importLapses(ctx context.Context, state types.GenesisState) error {
	if err := k.nextLapseID.Set(ctx, max(state.NextLapseId, 1)); err != nil {
		return err
	}
	for _, l := range state.Lapses {
		if err := k.lapses.Set(ctx, l.Id, l); err != nil {
			return err
		}
	}
	for _, r := range state.LapseHistory {
		owner, err := k.address(r.Owner)
		if err != nil {
			return err
		}
		if err := k.lapseHistory.Set(ctx, collections.Join3(owner, r.Height, r.Id)); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) importSlashes(ctx context.Context, state types.GenesisState) error {
	if err := k.nextSlashID.Set(ctx, max(state.NextSlashId, 1)); err != nil {
		return err
	}
	for _, s := range state.Slashes {
		if err := k.slashes.Set(ctx, s.Id, s); err != nil {
			return err
		}
		if err := k.held.Owe(ctx, s.Amount); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) importSlots(ctx context.Context, owners []string) error {
	for slot, text := range owners {
		owner, err := k.address(text)
		if err != nil {
			return err
		}
		if err := k.putSlot(ctx, owner, uint64(slot)); err != nil {
			return err
		}
	}
	return k.slotCount.Set(ctx, uint64(len(owners)))
}

// ExportGenesis returns the whole state; importing it gives the same slots in the same order.
func (k Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.Params(ctx)
	if err != nil {
		return nil, err
	}
	next, err := k.nextLapseID.Peek(ctx)
	if err != nil {
		return nil, err
	}
	nextSlash, err := k.nextSlashID.Peek(ctx)
	if err != nil {
		return nil, err
	}
	state := &types.GenesisState{Params: params, NextLapseId: next, NextSlashId: nextSlash}
	err = k.workers.Walk(ctx, nil, func(_ sdk.AccAddress, w types.Worker) (bool, error) {
		state.Workers = append(state.Workers, w)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.lapses.Walk(ctx, nil, func(_ uint64, l types.Lapse) (bool, error) {
		state.Lapses = append(state.Lapses, l)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.slashes.Walk(ctx, nil, func(_ uint64, s types.Slash) (bool, error) {
		state.Slashes = append(state.Slashes, s)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.slots.Walk(ctx, nil, func(_ uint64, owner sdk.AccAddress) (bool, error) {
		text, err := k.text(owner)
		state.Slots = append(state.Slots, text)
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = k.lapseHistory.Walk(ctx, nil, func(key collections.Triple[sdk.AccAddress, int64, uint64]) (bool, error) {
		text, err := k.text(key.K1())
		state.LapseHistory = append(state.LapseHistory, types.LapseRecord{Owner: text, Height: key.K2(), Id: key.K3()})
		return false, err
	})
	return state, err
}
