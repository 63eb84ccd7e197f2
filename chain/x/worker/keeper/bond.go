package keeper

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// Bond moves an amount (udmc) from the owner's account to its worker's bond.
func (k Keeper) Bond(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	if err := types.CheckPositive(amount); err != nil {
		return err
	}
	err := k.change(ctx, owner, types.CauseBond, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.AddBond(amount)
	})
	if err != nil {
		return err
	}
	return k.collect(ctx, owner, amount)
}

// Withdraw moves bond that is not locked back to the owner's account. It returns ErrPayoutsPaused while the account of
// the bonds holds less than their sum.
func (k Keeper) Withdraw(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	if err := types.CheckPositive(amount); err != nil {
		return err
	}
	if err := k.bonds.MayPay(ctx); err != nil {
		return err
	}
	err := k.change(ctx, owner, types.CauseWithdraw, types.BatchRef{}, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.Withdraw(amount)
	})
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToAccount(ctx, types.BondAccount, owner, coins(amount))
}

func (k Keeper) collect(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return k.bank.SendCoinsFromAccountToModule(ctx, owner, types.BondAccount, coins(amount))
}

func coins(amount math.Int) sdk.Coins { return sdk.NewCoins(sdk.NewCoin(types.BondDenom, amount)) }
