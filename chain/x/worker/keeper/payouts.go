package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// checkPayouts is invariant 1 at a constant cost: it pauses withdrawals while the account of the bonds holds less than
// their sum, and resumes them once it holds that again.
func (k Keeper) checkPayouts(ctx sdk.Context) error {
	before, changed, err := k.bonds.Check(ctx)
	if err != nil || !changed {
		return err
	}
	account, held, owed := before.Account.Name, before.Held.String(), before.Owed.String()
	if before.Short() {
		return emit(ctx, &types.EventPayoutsPaused{Account: account, Held: held, Owed: owed})
	}
	return emit(ctx, &types.EventPayoutsResumed{Account: account, Held: held, Owed: owed, PausedHeight: before.PausedHeight})
}

// Payouts tells of the account of the bonds what it holds and owes, and whether its payouts are paused.
func (s queryServer) Payouts(ctx context.Context, _ *types.QueryPayoutsRequest) (*types.QueryPayoutsResponse, error) {
	state, err := s.keeper.bonds.State(ctx)
	if err != nil {
		return nil, err
	}
	address, err := s.keeper.text(state.Account.Address)
	if err != nil {
		return nil, err
	}
	return &types.QueryPayoutsResponse{Accounts: []types.AccountPayouts{{
		Name: state.Account.Name, Address: address, Held: state.Held, Owed: state.Owed, PausedHeight: state.PausedHeight,
	}}}, nil
}
