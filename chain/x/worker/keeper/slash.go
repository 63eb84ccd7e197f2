package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// LockDeposit locks an amount (udmc) of free bond for an audit, or returns ErrInsufficientBond or ErrJailed. Unlock frees it.
func (k Keeper) LockDeposit(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.change(ctx, owner, types.CauseDeposit, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.LockDeposit(amount)
	})
}

// Forfeit moves a locked amount out of a worker's bond into slash_hold, takes the worker's standing and jails it, or tombstones it after
// a second proven fraud. It returns the id of the slash, or ErrPayoutsPaused while the account of the bonds holds less than their sum.
func (k Keeper) Forfeit(ctx context.Context, loss types.Loss) (uint64, error) {
	if err := k.bonds.MayPay(ctx); err != nil {
		return 0, err
	}
	owner, err := k.address(loss.Owner)
	if err != nil {
		return 0, err
	}
	if !(types.Slash{Kind: loss.Kind}).Bonded() {
		return 0, errorsmod.Wrapf(types.ErrInvalidSlash, "%s is no loss of a bond", loss.Kind)
	}
	var before types.SlashRecord
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	err = k.change(ctx, owner, types.CauseSlash, loss.Ref, func(w types.Worker, p types.Params) (types.Worker, error) {
		w, err := w.Forfeit(loss.Amount)
		if err != nil {
			return w, err
		}
		w, before = w.Punish(p, loss.Kind, height)
		return w, nil
	})
	if err != nil {
		return 0, err
	}
	return k.hold(ctx, types.BondAccount, loss, &before)
}

// HoldDeposit moves a deposit that somebody lost from a module's account into slash_hold. The caller's books say that the account
// owes it no longer. It returns the id of the slash.
func (k Keeper) HoldDeposit(ctx context.Context, account string, loss types.Loss) (uint64, error) {
	if (types.Slash{Kind: loss.Kind}).Bonded() {
		return 0, errorsmod.Wrapf(types.ErrInvalidSlash, "%s is a loss of a bond", loss.Kind)
	}
	return k.hold(ctx, account, loss, nil)
}

func (k Keeper) hold(ctx context.Context, account string, loss types.Loss, before *types.SlashRecord) (uint64, error) {
	if err := loss.Validate(); err != nil {
		return 0, err
	}
	params, err := k.Params(ctx)
	if err != nil {
		return 0, err
	}
	id, err := k.nextSlashID.Next(ctx)
	if err != nil {
		return 0, err
	}
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	slash := types.Slash{
		Id: id, Kind: loss.Kind, Owner: loss.Owner, Amount: loss.Amount, Shares: loss.Shares, Before: before,
		JobId: loss.Ref.JobID, Batch: loss.Ref.Batch, Epoch: loss.Ref.Epoch,
		Height: height, ReleaseHeight: height + params.SlashHoldBlocks,
	}
	if err := k.slashes.Set(ctx, id, slash); err != nil {
		return 0, err
	}
	if err := k.held.Owe(ctx, slash.Amount); err != nil {
		return 0, err
	}
	if err := k.bank.SendCoinsFromModuleToModule(ctx, account, types.HoldAccount, coins(slash.Amount)); err != nil {
		return 0, err
	}
	return id, emit(ctx, &types.EventSlashHeld{Slash: slash})
}

// Slash returns a slash that waits, or ErrUnknownSlash.
func (k Keeper) Slash(ctx context.Context, id uint64) (types.Slash, error) {
	slash, err := k.slashes.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return slash, errorsmod.Wrapf(types.ErrUnknownSlash, "%d: it never was, or was released or reversed already", id)
	}
	return slash, err
}

// ReverseSlash gives a slashed amount back while it waits: to the bond with the worker's standing, status and count of frauds, or to the
// challenger.
func (k Keeper) ReverseSlash(ctx context.Context, id uint64) error {
	slash, err := k.Slash(ctx, id)
	if err != nil {
		return err
	}
	if err := k.held.MayPay(ctx); err != nil {
		return err
	}
	owner, err := k.address(slash.Owner)
	if err != nil {
		return err
	}
	if err := k.forget(ctx, slash); err != nil {
		return err
	}
	if slash.Bonded() {
		err = k.pardon(ctx, owner, slash)
	} else {
		err = k.bank.SendCoinsFromModuleToAccount(ctx, types.HoldAccount, owner, coins(slash.Amount))
	}
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventSlashReversed{Slash: slash})
}

func (k Keeper) pardon(ctx context.Context, owner sdk.AccAddress, slash types.Slash) error {
	next, err := k.nextSlash(ctx, owner, slash.Id)
	if err != nil {
		return err
	}
	err = k.change(ctx, owner, types.CauseReversed, slash.Ref(), func(w types.Worker, _ types.Params) (types.Worker, error) {
		w, next, err = w.Pardon(slash, next)
		return w, err
	})
	if err != nil {
		return err
	}
	if next != nil {
		if err := k.slashes.Set(ctx, next.Id, *next); err != nil {
			return err
		}
	}
	return k.bank.SendCoinsFromModuleToModule(ctx, types.HoldAccount, types.BondAccount, coins(slash.Amount))
}

// nextSlash is the owner's first slash of its bond behind an id, nil where there is none.
func (k Keeper) nextSlash(ctx context.Context, owner sdk.AccAddress, id uint64) (*types.Slash, error) {
	var next *types.Slash
	later := collections.NewPrefixedPairRange[sdk.AccAddress, uint64](owner).StartExclusive(id)
	err := k.slashes.Indexes.Owner.Walk(ctx, later, func(_ sdk.AccAddress, id uint64) (bool, error) {
		slash, err := k.slashes.Get(ctx, id)
		if err == nil && slash.Bonded() {
			next = &slash
		}
		return next != nil, err
	})
	return next, err
}

// forget takes a slash out of the store and of what slash_hold owes.
func (k Keeper) forget(ctx context.Context, slash types.Slash) error {
	if err := k.slashes.Remove(ctx, slash.Id); err != nil {
		return err
	}
	return k.held.Owe(ctx, slash.Amount.Neg())
}

// releaseSlash pays a slash's shares and burns the rest.
func (k Keeper) releaseSlash(ctx context.Context, slash types.Slash) error {
	if err := k.forget(ctx, slash); err != nil {
		return err
	}
	for _, share := range slash.Shares {
		recipient, err := k.address(share.Recipient)
		if err != nil {
			return err
		}
		if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.HoldAccount, recipient, coins(share.Amount)); err != nil {
			return err
		}
	}
	burned := slash.Burned()
	if burned.IsPositive() {
		if err := k.bank.BurnCoins(ctx, types.HoldAccount, coins(burned)); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventSlashReleased{Slash: slash, Burned: burned.String()})
}

// deferSlash puts off a slash that cannot be released, so that it holds up no other.
func (k Keeper) deferSlash(ctx context.Context, slash types.Slash, cause error) error {
	old := slash.ReleaseHeight
	slash.ReleaseHeight = sdk.UnwrapSDKContext(ctx).BlockHeight() + deferredBlocks
	if err := k.slashes.Set(ctx, slash.Id, slash); err != nil {
		return err
	}
	return emit(ctx, &types.EventSlashDeferred{Slash: slash, OldReleaseHeight: old, Error: cause.Error()})
}
