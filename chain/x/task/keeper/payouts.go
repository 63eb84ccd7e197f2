package keeper

import (
	"context"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

func (k Keeper) purses() []purse.Purse { return []purse.Purse{k.escrow, k.deposits} }

// checkPayouts is invariant 1 at a constant cost: it pauses the payouts of an account that holds less than it owes, and
// resumes those of one that holds it again. It tells whether any are paused.
func (k Keeper) checkPayouts(ctx sdk.Context) (paused bool, err error) {
	for _, p := range k.purses() {
		before, changed, err := p.Check(ctx)
		if err != nil {
			return true, err
		}
		paused = paused || before.Short()
		if !changed {
			continue
		}
		if err := emit(ctx, payoutsEvent(before)); err != nil {
			return true, err
		}
	}
	return paused, nil
}

// payoutsEvent tells that an account that was in this state was paused, or resumed.
func payoutsEvent(before purse.State) proto.Message {
	account, held, owed := before.Account.Name, before.Held.String(), before.Owed.String()
	if before.Short() {
		return &types.EventPayoutsPaused{Account: account, Held: held, Owed: owed}
	}
	return &types.EventPayoutsResumed{Account: account, Held: held, Owed: owed, PausedHeight: before.PausedHeight}
}

// Payouts tells of each of the module's accounts what it holds and owes, and whether its payouts are paused.
func (s queryServer) Payouts(ctx context.Context, _ *types.QueryPayoutsRequest) (*types.QueryPayoutsResponse, error) {
	resp := &types.QueryPayoutsResponse{}
	for _, p := range s.k.purses() {
		state, err := p.State(ctx)
		if err != nil {
			return nil, err
		}
		address, err := s.k.accounts.AddressCodec().BytesToString(state.Account.Address)
		if err != nil {
			return nil, err
		}
		resp.Accounts = append(resp.Accounts, types.AccountPayouts{
			Name: state.Account.Name, Address: address, Held: state.Held, Owed: state.Owed, PausedHeight: state.PausedHeight,
		})
	}
	return resp, nil
}
