package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestWithdrawalsWaitWhileBondsAreShort takes a coin from the account of the bonds and gives it back later.
func TestWithdrawalsWaitWhileBondsAreShort(t *testing.T) {
	f := newFixture(t)
	owner, thief := f.worker(1, 5*lot), account(9)
	coin := sdk.NewCoins(sdk.NewInt64Coin(types.BondDenom, 1))
	payouts := func() types.AccountPayouts {
		resp, err := keeper.NewQueryServer(f.Keeper).Payouts(f.ctx, &types.QueryPayoutsRequest{})
		require.NoError(t, err)
		return resp.Accounts[0]
	}
	f.at(20)
	require.NoError(t, f.bank.SendCoinsFromModuleToAccount(f.ctx, types.BondAccount, thief, coin))
	require.NoError(t, f.EndBlock(f.ctx))
	require.ErrorIs(t, f.CheckInvariants(f.ctx), types.ErrInconsistent)
	require.Equal(t, []any{&types.EventPayoutsPaused{Account: types.BondAccount, Held: "4999", Owed: "5000"}}, payoutEvents(f))
	require.Equal(t, types.AccountPayouts{
		Name: types.BondAccount, Address: payouts().Address, Held: math.NewInt(4_999), Owed: math.NewInt(5_000), PausedHeight: 20,
	}, payouts())

	f.at(21)
	err := f.Withdraw(f.ctx, owner, math.OneInt())
	require.ErrorIs(t, err, types.ErrPayoutsPaused)
	require.ErrorContains(t, err, "since height 20 worker_bond holds less than it owes, now 4999 of 5000 udmc")
	// nothing else stops
	require.NoError(t, f.Bond(f.ctx, owner, math.NewInt(lot)))
	f.worker(2, lot)
	f.lapse(owner, 100)
	require.NoError(t, f.EndBlock(f.ctx))
	require.Empty(t, payoutEvents(f), "it is told once")

	f.at(22)
	require.NoError(t, f.bank.SendCoinsFromAccountToModule(f.ctx, thief, types.BondAccount, coin))
	require.NoError(t, f.EndBlock(f.ctx))
	require.Equal(t, []any{
		&types.EventPayoutsResumed{Account: types.BondAccount, Held: "7000", Owed: "7000", PausedHeight: 20},
	}, payoutEvents(f))
	require.NoError(t, f.Withdraw(f.ctx, owner, math.OneInt()))
	require.NoError(t, f.CheckInvariants(f.ctx))
	require.Zero(t, payouts().PausedHeight)
}

// payoutEvents of the current block.
func payoutEvents(f *fixture) (found []any) {
	for _, e := range f.events() {
		switch e.(type) {
		case *types.EventPayoutsPaused, *types.EventPayoutsResumed:
			found = append(found, e)
		}
	}
	return found
}
