package crowd_test

import (
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestDustDoesNotDisturbTheDraw draws the same jobs by the same seeds among two hundred workers, alone and with a hundred
// thousand others between them whose bond is below a lot: the same workers get the same offers at the same cost.
func TestDustDoesNotDisturbTheDraw(t *testing.T) {
	const dustEach, real = 500, 200
	alone, dusty := make([]int64, real*(dustEach+1)), make([]int64, real*(dustEach+1))
	for n := range dusty {
		dusty[n] = dust
		if n%(dustEach+1) == dustEach {
			bond := int64(1+n%7) * lot
			alone[n], dusty[n] = bond, bond
		}
	}
	want, wantCosts := drawMany(t, crowd(t, dbm.NewMemDB(), alone))
	got, costs := drawMany(t, crowd(t, dbm.NewMemDB(), dusty))
	require.Equal(t, want, got)
	require.Equal(t, wantCosts, costs)
}

// drawMany draws twenty jobs at each of ten heights and returns their leases, and the keys that each height read and wrote.
func drawMany(t *testing.T, c *chain) (leases []string, costs []cost) {
	t.Helper()
	module := c.prepare()
	for range 10 {
		var jobs []uint64
		for range 20 {
			jobs = append(jobs, c.submit(module))
		}
		c.meet(jobs[0], 3)
		spent := c.measure(c.endBlock)
		costs = append(costs, cost{reads: spent.reads, writes: spent.writes})
		for _, id := range jobs {
			leases = append(leases, c.batch(id).Lease.String())
		}
		c.commit()
	}
	return leases, costs
}

// TestDustIsRefusedOrOutOfTheDraw makes dust in the two ways there are: a worker withdraws, or the lot is raised.
func TestDustIsRefusedOrOutOfTheDraw(t *testing.T) {
	bonds := equalBonds(300)
	bonds[0], bonds[1] = 3*lot, 2*lot
	c := crowd(t, dbm.NewMemDB(), bonds)
	require.ErrorIs(t, c.workers.Register(c.ctx, requester, requester, terms(), math.NewInt(dust)), workertypes.ErrBondTooSmall)

	require.EqualValues(t, 303, c.slots())
	require.NoError(t, c.workers.Withdraw(c.ctx, account(owners, 2), math.NewInt(1)))
	require.EqualValues(t, 302, c.slots())

	params := workertypes.DefaultParams()
	params.Lot = params.Lot.MulRaw(2)
	require.NoError(t, c.workers.SetParams(c.ctx, params))
	for range 3 {
		c.block()
	}
	require.EqualValues(t, 2, c.slots())
	for slot, owner := range []uint32{0, 1} {
		at, err := c.workers.OwnerAt(c.ctx, uint64(slot))
		require.NoError(t, err)
		require.Equal(t, account(owners, owner), at)
	}
	require.NoError(t, c.workers.CheckInvariants(c.ctx))
}

func (c *chain) slots() uint64 {
	c.Helper()
	slots, err := c.workers.Slots(c.ctx)
	require.NoError(c, err)
	return slots
}
