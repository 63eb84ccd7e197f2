package keeper

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// PayLocked pays an amount (udmc) out of a worker's locked bond to an account.
func (k Keeper) PayLocked(ctx context.Context, owner, to sdk.AccAddress, amount math.Int, ref types.BatchRef) error {
	if err := k.bonds.MayPay(ctx); err != nil {
		return err
	}
	err := k.change(ctx, owner, types.CauseAuditFee, ref, func(w types.Worker, _ types.Params) (types.Worker, error) {
		return w.PayLocked(amount)
	})
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToAccount(ctx, types.BondAccount, to, coins(amount))
}
