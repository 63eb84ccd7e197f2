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

// Register makes a worker of an owner that has none, with a bond (udmc) of at least one lot from the owner's account.
func (k Keeper) Register(ctx context.Context, owner, operator sdk.AccAddress, terms types.Terms, bond math.Int) error {
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	if len(owner) != types.OwnerLength {
		return errorsmod.Wrapf(types.ErrInvalidAddress, "owner %s has %d bytes: use an account of %d", owner, len(owner), types.OwnerLength)
	}
	if err := terms.Validate(params); err != nil {
		return err
	}
	if err := types.CheckPositive(bond); err != nil {
		return err
	}
	if bond.LT(params.Lot) {
		return errorsmod.Wrapf(types.ErrBondTooSmall, "%s udmc: bond at least one lot of %s", bond, params.Lot)
	}
	exists, err := k.workers.Has(ctx, owner)
	if err != nil {
		return err
	}
	if exists {
		return errorsmod.Wrapf(types.ErrWorkerExists, "owner %s: update it or add to its bond instead", owner)
	}
	if err := k.checkOperator(ctx, owner, operator); err != nil {
		return err
	}
	return k.create(ctx, owner, operator, terms, bond, params)
}

func (k Keeper) create(
	ctx context.Context, owner, operator sdk.AccAddress, terms types.Terms, bond math.Int, params types.Params,
) error {
	ownerText, err := k.text(owner)
	if err != nil {
		return err
	}
	operatorText, err := k.text(operator)
	if err != nil {
		return err
	}
	w := types.Worker{
		Owner: ownerText, Operator: operatorText,
		Status: types.WORKER_STATUS_ACTIVE,
		Bond:   bond, Locked: math.ZeroInt(), Reserved: math.ZeroInt(),
		Availability:     types.InitialAvailability,
		RegisteredHeight: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	}.WithTerms(terms)
	w.Lots = w.WantedLots(params)
	if err := k.collect(ctx, owner, bond); err != nil {
		return err
	}
	if err := k.bonds.Owe(ctx, bond); err != nil {
		return err
	}
	if err := k.fitSlots(ctx, owner, 0, w.Lots); err != nil {
		return err
	}
	if err := k.workers.Set(ctx, owner, w); err != nil {
		return err
	}
	return emit(ctx, &types.EventWorkerRegistered{Worker: w, Reputation: w.Reputation()})
}

// Update replaces what a worker offers. Offers and leases keep the terms that they were drawn with.
func (k Keeper) Update(ctx context.Context, owner, operator sdk.AccAddress, terms types.Terms) error {
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	if err := terms.Validate(params); err != nil {
		return err
	}
	old, err := k.Get(ctx, owner)
	if err != nil {
		return err
	}
	if err := k.checkOperator(ctx, owner, operator); err != nil {
		return err
	}
	next := old.WithTerms(terms)
	if next.Operator, err = k.text(operator); err != nil {
		return err
	}
	if err := k.workers.Set(ctx, owner, next); err != nil {
		return err
	}
	return emit(ctx, &types.EventWorkerUpdated{Worker: next, Old: old})
}

// checkOperator refuses operators that serve another worker or own one.
func (k Keeper) checkOperator(ctx context.Context, owner, operator sdk.AccAddress) error {
	served, err := k.workers.Indexes.Operator.MatchExact(ctx, operator)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	if err == nil && !served.Equals(owner) {
		return errorsmod.Wrapf(types.ErrOperatorTaken, "%s serves the worker of %s: give another key", operator, served)
	}
	if operator.Equals(owner) {
		return nil
	}
	owns, err := k.workers.Has(ctx, operator)
	if err != nil {
		return err
	}
	if owns {
		return errorsmod.Wrapf(types.ErrOperatorTaken, "%s owns a worker itself: give another key", operator)
	}
	return nil
}

// Pause takes a worker out of the draw. The signer is its owner or operator.
func (k Keeper) Pause(ctx context.Context, signer, owner sdk.AccAddress) error {
	return k.setStatus(ctx, signer, owner, types.CausePause, types.Worker.Pause)
}

// Resume puts a paused or set-aside worker, or a jailed one after its jail, back into the draw. The signer is its owner or operator.
func (k Keeper) Resume(ctx context.Context, signer, owner sdk.AccAddress) error {
	return k.setStatus(ctx, signer, owner, types.CauseResume, func(w types.Worker) (types.Worker, error) {
		return w.Resume(sdk.UnwrapSDKContext(ctx).BlockHeight())
	})
}

func (k Keeper) setStatus(
	ctx context.Context, signer, owner sdk.AccAddress, cause types.Cause, apply func(types.Worker) (types.Worker, error),
) error {
	signerText, err := k.text(signer)
	if err != nil {
		return err
	}
	return k.change(ctx, owner, cause, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		if signerText != w.Owner && signerText != w.Operator {
			return w, errorsmod.Wrapf(types.ErrNotOwnerOrOperator, "%s: sign as %s or %s", signerText, w.Owner, w.Operator)
		}
		return apply(w)
	})
}
