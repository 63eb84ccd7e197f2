package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func (k Keeper) purses() []purse.Purse { return []purse.Purse{k.bonds, k.held} }

// checkPayouts is invariant 1 at a constant cost: it pauses withdrawals while the account of the bonds holds less than
// their sum, and the release of slashes while theirs does, and resumes them once it holds that again.
func (k Keeper) checkPayouts(ctx sdk.Context) error {
	for _, p := range k.purses() {
		before, changed, err := p.Check(ctx)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if err := emitPayouts(ctx, before); err != nil {
			return err
		}
	}
	return nil
}

// emitPayouts tells that an account that was in this state was paused, or resumed.
func emitPayouts(ctx context.Context, before purse.State) error {
	account, held, owed := before.Account.Name, before.Held.String(), before.Owed.String()
	if before.Short() {
		return emit(ctx, &types.EventPayoutsPaused{Account: account, Held: held, Owed: owed})
	}
	return emit(ctx, &types.EventPayoutsResumed{Account: account, Held: held, Owed: owed, PausedHeight: before.PausedHeight})
}

// Payouts tells of the accounts of bonds and slashes what they hold and owe, and whether their payouts are paused.
func (s queryServer) Payouts(ctx context.Context, _ *types.QueryPayoutsRequest) (*types.QueryPayoutsResponse, error) {
	resp := &types.QueryPayoutsResponse{}
	for _, p := range s.keeper.purses() {
		state, err := p.State(ctx)
		if err != nil {
			return nil, err
		}
		address, err := s.keeper.text(state.Account.Address)
		if err != nil {
			return nil, err
		}
		resp.Accounts = append(resp.Accounts, types.AccountPayouts{
			Name: state.Account.Name, Address: address, Held: state.Held, Owed: state.Owed, PausedHeight: state.PausedHeight,
		})
	}
	return resp, nil
}
