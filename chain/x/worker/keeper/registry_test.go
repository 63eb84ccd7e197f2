package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestRegister(t *testing.T) {
	f := newFixture(t)
	f.at(5)
	owner := f.rich(1)
	require.NoError(t, f.Register(f.ctx, owner, account(2), newTerms(), math.NewInt(3*lot+1)))

	w := f.get(owner)
	require.Equal(t, types.WORKER_STATUS_ACTIVE, w.Status)
	require.EqualValues(t, 3*lot+1, w.Bond.Int64())
	require.EqualValues(t, 3, w.Lots)
	require.EqualValues(t, 5_000, w.Availability)
	require.EqualValues(t, 5, w.RegisteredHeight)
	require.EqualValues(t, purse-3*lot-1, f.balance(owner))
	require.EqualValues(t, 3*lot+1, f.bonded())
	require.Len(t, f.slotOwners(), 3)
	byOperator, err := f.ByOperator(f.ctx, account(2))
	require.NoError(t, err)
	require.Equal(t, w, byOperator)
	require.NoError(t, f.CheckInvariants(f.ctx))
}

func TestRegisterRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		owner, operator sdk.AccAddress
		terms           func(*types.Terms)
		bond            math.Int
		want            error
	}{
		"a second worker":            {account(1), account(9), nil, math.NewInt(lot), types.ErrWorkerExists},
		"another worker's operator":  {account(3), account(1 + 1<<20), nil, math.NewInt(lot), types.ErrOperatorTaken},
		"another worker's owner":     {account(3), account(1), nil, math.NewInt(lot), types.ErrOperatorTaken},
		"no bond":                    {account(3), account(9), nil, math.Int{}, types.ErrInvalidAmount},
		"a bond of 0":                {account(3), account(9), nil, math.ZeroInt(), types.ErrInvalidAmount},
		"a negative bond":            {account(3), account(9), nil, math.NewInt(-lot), types.ErrInvalidAmount},
		"less than a lot":            {account(3), account(9), nil, math.NewInt(lot - 1), types.ErrBondTooSmall},
		"more than there is":         {account(3), account(9), nil, math.NewInt(purse + 1), sdkerrors.ErrInsufficientFunds},
		"an account without coins":   {account(4), account(9), nil, math.NewInt(lot), sdkerrors.ErrInsufficientFunds},
		"an ask above the limit":     {account(3), account(9), func(t *types.Terms) { t.Ask = math.NewInt(2_000_000_000) }, math.NewInt(lot), types.ErrInvalidAsk},
		"a zero key":                 {account(3), account(9), func(t *types.Terms) { t.EncryptionKey = make([]byte, 32) }, math.NewInt(lot), types.ErrInvalidKey},
		"an owner of another length": {bytes.Repeat([]byte{1}, 32), account(9), nil, math.NewInt(lot), types.ErrInvalidAddress},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.worker(1, lot)
			f.rich(3)
			terms := newTerms()
			if c.terms != nil {
				c.terms(&terms)
			}
			cached, _ := f.ctx.CacheContext()
			require.ErrorIs(t, f.Register(cached, c.owner, c.operator, terms, c.bond), c.want)
			require.EqualValues(t, purse, f.balance(account(3)))
			require.EqualValues(t, lot, f.bonded())
			require.NoError(t, f.CheckInvariants(f.ctx))
		})
	}
}

func TestOwnerMayOperateItself(t *testing.T) {
	f := newFixture(t)
	owner := f.rich(1)
	require.NoError(t, f.Register(f.ctx, owner, owner, newTerms(), math.NewInt(lot)))
	require.NoError(t, f.Update(f.ctx, owner, owner, newTerms()))
	w, err := f.ByOperator(f.ctx, owner)
	require.NoError(t, err)
	require.Equal(t, w, f.get(owner))
}

func TestUpdateKeepsBondAndRecord(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 2*lot)
	f.leased(owner, 500)
	before := f.get(owner)
	terms := newTerms()
	terms.Ask, terms.Features = math.NewInt(7), []string{"gpu"}

	require.NoError(t, f.Update(f.ctx, owner, account(2), terms))

	after := f.get(owner)
	require.Equal(t, terms, after.Terms())
	require.Equal(t, before.Terms(), after.WithTerms(before.Terms()).Terms())
	after = after.WithTerms(before.Terms())
	after.Operator = before.Operator
	require.Equal(t, before, after)
	_, err := f.ByOperator(f.ctx, account(1+1<<20))
	require.ErrorIs(t, err, types.ErrUnknownWorker)
}

func TestUpdateRefuses(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	f.worker(2, lot)
	slow := newTerms()
	slow.Rate = 1
	require.ErrorIs(t, f.Update(f.ctx, account(3), account(9), newTerms()), types.ErrUnknownWorker)
	require.ErrorIs(t, f.Update(f.ctx, owner, account(2+1<<20), newTerms()), types.ErrOperatorTaken)
	require.ErrorIs(t, f.Update(f.ctx, owner, account(2), newTerms()), types.ErrOperatorTaken)
	require.ErrorIs(t, f.Update(f.ctx, owner, account(9), slow), types.ErrInvalidRate)
}

func TestPauseAndResume(t *testing.T) {
	f := newFixture(t)
	owner, operator, stranger := f.worker(1, 2*lot), account(1+1<<20), f.worker(2, lot)

	require.ErrorIs(t, f.Pause(f.ctx, stranger, owner), types.ErrNotOwnerOrOperator)
	require.ErrorIs(t, f.Pause(f.ctx, owner, account(3)), types.ErrUnknownWorker)
	require.ErrorIs(t, f.Resume(f.ctx, owner, owner), types.ErrWrongStatus)
	require.NoError(t, f.Pause(f.ctx, operator, owner))
	require.Equal(t, []string{string(stranger)}, f.slotOwners())
	require.ErrorIs(t, f.Pause(f.ctx, owner, owner), types.ErrWrongStatus)
	require.ErrorIs(t, f.Resume(f.ctx, stranger, owner), types.ErrNotOwnerOrOperator)
	require.NoError(t, f.Resume(f.ctx, owner, owner))
	require.Equal(t, []string{string(stranger), string(owner), string(owner)}, f.slotOwners())
	require.NoError(t, f.CheckInvariants(f.ctx))
}

func TestMissedOffersSetAside(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	ref := types.BatchRef{JobID: 1}
	require.NoError(t, f.MissOffer(f.ctx, owner, ref))
	require.NoError(t, f.MissOffer(f.ctx, owner, ref))
	require.NoError(t, f.Responded(f.ctx, owner))
	for range 3 {
		require.Len(t, f.slotOwners(), 1)
		require.NoError(t, f.MissOffer(f.ctx, owner, ref))
	}
	require.Equal(t, types.WORKER_STATUS_SET_ASIDE, f.get(owner).Status)
	require.Empty(t, f.slotOwners())
	require.NoError(t, f.Resume(f.ctx, owner, owner))
	require.Zero(t, f.get(owner).Missed)
	require.Len(t, f.slotOwners(), 1)
}
