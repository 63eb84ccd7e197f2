package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestBondAndWithdraw(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	for _, c := range []struct {
		name string
		do   func() error
		bond int64
		lots uint64
		want error
	}{
		{"bond half a lot", func() error { return f.Bond(f.ctx, owner, math.NewInt(lot/2)) }, 1_500, 1, nil},
		{"bond the other half", func() error { return f.Bond(f.ctx, owner, math.NewInt(lot/2)) }, 2_000, 2, nil},
		{"bond nothing", func() error { return f.Bond(f.ctx, owner, math.ZeroInt()) }, 2_000, 2, types.ErrInvalidAmount},
		{"bond less than nothing", func() error { return f.Bond(f.ctx, owner, math.NewInt(-1)) }, 2_000, 2, types.ErrInvalidAmount},
		{"bond too much", func() error { return f.Bond(f.ctx, owner, math.NewInt(purse)) }, 2_000, 2, sdkerrors.ErrInsufficientFunds},
		{"bond without a worker", func() error { return f.Bond(f.ctx, account(5), math.NewInt(1)) }, 2_000, 2, types.ErrUnknownWorker},
		{"withdraw nothing", func() error { return f.Withdraw(f.ctx, owner, math.Int{}) }, 2_000, 2, types.ErrInvalidAmount},
		{"withdraw less than nothing", func() error { return f.Withdraw(f.ctx, owner, math.NewInt(-1)) }, 2_000, 2, types.ErrInvalidAmount},
		{"withdraw 1 udmc", func() error { return f.Withdraw(f.ctx, owner, math.OneInt()) }, 1_999, 1, nil},
		{"withdraw to below a lot", func() error { return f.Withdraw(f.ctx, owner, math.NewInt(lot)) }, 999, 0, nil},
		{"withdraw more than there is", func() error { return f.Withdraw(f.ctx, owner, math.NewInt(lot)) }, 999, 0, types.ErrInsufficientBond},
		{"withdraw everything", func() error { return f.Withdraw(f.ctx, owner, math.NewInt(999)) }, 0, 0, nil},
		{"bond again", func() error { return f.Bond(f.ctx, owner, math.NewInt(5*lot)) }, 5_000, 5, nil},
	} {
		ctx := f.ctx
		cached, write := ctx.CacheContext()
		f.ctx = cached
		err := c.do()
		f.ctx = ctx
		require.ErrorIs(t, err, c.want, c.name)
		if err == nil {
			write()
		}
		w := f.get(owner)
		require.Equal(t, c.bond, w.Bond.Int64(), c.name)
		require.Equal(t, c.lots, w.Lots, c.name)
		require.Equal(t, c.bond, f.bonded(), c.name)
		require.Equal(t, purse-c.bond, f.balance(owner), c.name)
		require.NoError(t, f.CheckInvariants(f.ctx), c.name)
	}
}

func TestLockedBondStays(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	f.leased(owner, 9*lot)
	require.ErrorIs(t, f.Withdraw(f.ctx, owner, math.NewInt(lot+1)), types.ErrInsufficientBond)
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(lot)))
	require.NoError(t, f.EndLease(f.ctx, owner))
	require.ErrorIs(t, f.Withdraw(f.ctx, owner, math.OneInt()), types.ErrInsufficientBond)
	require.NoError(t, f.Unlock(f.ctx, owner, math.NewInt(9*lot)))
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(9*lot)))
	require.EqualValues(t, purse, f.balance(owner))
	require.Zero(t, f.bonded())
}

func TestOfferLimitsTheDrawAndNotWithdrawal(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	require.NoError(t, f.Reserve(f.ctx, owner, math.NewInt(9*lot)))
	params, err := f.Params(f.ctx)
	require.NoError(t, err)
	require.True(t, f.get(owner).Leasable(params).IsZero())
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(lot)))
	require.ErrorIs(t, f.Lock(f.ctx, owner, math.NewInt(9*lot)), types.ErrInsufficientBond)
	require.EqualValues(t, 1, f.get(owner).Load)
	require.NoError(t, f.Release(f.ctx, owner, math.NewInt(9*lot)))
	require.Zero(t, f.get(owner).Load)
}

func TestMaxLotsBoundsSlots(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 1_500*lot)
	require.EqualValues(t, 1_000, f.get(owner).Lots)
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(400*lot)))
	require.EqualValues(t, 1_000, f.get(owner).Lots)
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(101*lot)))
	require.EqualValues(t, 999, f.get(owner).Lots)
	require.NoError(t, f.CheckInvariants(f.ctx))
}
