package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// checkPayouts is invariant 1 at a constant cost: it pauses what is paid out of the deposits of challenges while the account holds
// less than their sum, and resumes it once it holds that again.
func (k Keeper) checkPayouts(ctx sdk.Context) error {
	before, changed, err := k.deposits.Check(ctx)
	if err != nil || !changed {
		return err
	}
	account, held, owed := before.Account.Name, before.Held.String(), before.Owed.String()
	if before.Short() {
		return emit(ctx, &types.EventPayoutsPaused{Account: account, Held: held, Owed: owed})
	}
	return emit(ctx, &types.EventPayoutsResumed{Account: account, Held: held, Owed: owed, PausedHeight: before.PausedHeight})
}
