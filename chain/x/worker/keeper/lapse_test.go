package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestLapseHoldsItsBond(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	f.at(10)
	f.lapse(owner, 600)

	w := f.get(owner)
	require.EqualValues(t, 600, w.Locked.Int64())
	require.EqualValues(t, 4_687, w.Availability)
	require.Zero(t, w.Load)
	require.ErrorIs(t, f.Withdraw(f.ctx, owner, math.NewInt(401)), types.ErrInsufficientBond)
	require.NoError(t, f.CheckInvariants(f.ctx))

	f.at(10 + 1_199)
	require.NoError(t, f.EndBlock(f.ctx))
	require.EqualValues(t, 600, f.get(owner).Locked.Int64())
	f.at(10 + 1_200)
	require.NoError(t, f.EndBlock(f.ctx))
	require.True(t, f.get(owner).Locked.IsZero())
	require.Zero(t, f.count(f.LapseCount))
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(lot)))
	require.NoError(t, f.CheckInvariants(f.ctx))
}

func TestLapsesOfTheWindowDoubleTheLock(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 100*lot)
	other := f.worker(2, lot)
	release := func() int64 {
		events := f.events()
		return events[len(events)-1].(*types.EventLapse).Lapse.ReleaseHeight
	}
	const start = 1_000_000
	for i, want := range []int64{1, 2, 4, 8, 16, 32, 64, 128, 256, 256} {
		f.at(start + int64(i))
		f.lapse(owner, 100)
		require.Equal(t, start+int64(i)+want*1_200, release())
	}
	f.lapse(other, 100)
	require.EqualValues(t, start+9+1_200, release(), "another owner's lapses do not count")

	f.at(start + 201_600 + 8)
	f.lapse(owner, 100)
	require.EqualValues(t, start+201_600+8+2*1_200, release(), "one of them is within the window")
	f.at(start + 3*201_600)
	f.lapse(owner, 100)
	require.EqualValues(t, start+3*201_600+1_200, release())
}

func TestHistoryIsPrunedInSteps(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 100*lot)
	for range keeper.PrunedAtOnce + 4 {
		f.lapse(owner, 1)
	}
	require.Equal(t, keeper.PrunedAtOnce+4, f.count(f.HistoryCount))
	f.at(300_000)
	f.lapse(owner, 1)
	require.Equal(t, 5, f.count(f.HistoryCount))
	f.lapse(owner, 1)
	require.Equal(t, 2, f.count(f.HistoryCount))
}

func TestReleasesAreBounded(t *testing.T) {
	f := newFixture(t)
	const owners = keeper.ReleasedAtOnce + 3
	for n := range owners {
		f.lapse(f.worker(n, lot), 1)
	}
	f.at(5_000)
	require.NoError(t, f.EndBlock(f.ctx))
	require.Equal(t, 3, f.count(f.LapseCount))
	f.at(5_001)
	require.NoError(t, f.EndBlock(f.ctx))
	require.Zero(t, f.count(f.LapseCount))
	require.NoError(t, f.CheckInvariants(f.ctx))
}

func TestLapseThatCannotBeReleasedIsPutOff(t *testing.T) {
	f := newFixture(t)
	broken, sound := f.worker(1, lot), f.worker(2, lot)
	f.lapse(broken, 500)
	f.lapse(sound, 500)
	w := f.get(broken)
	w.Locked = math.ZeroInt()
	require.NoError(t, f.PutWorker(f.ctx, broken, w))
	require.ErrorIs(t, f.CheckInvariants(f.ctx), types.ErrInconsistent)

	f.at(2_000)
	require.NoError(t, f.EndBlock(f.ctx))

	require.True(t, f.get(sound).Locked.IsZero())
	require.Equal(t, 1, f.count(f.LapseCount))
	var deferred *types.EventLapseDeferred
	for _, event := range f.events() {
		if e, ok := event.(*types.EventLapseDeferred); ok {
			deferred = e
		}
	}
	require.NotNil(t, deferred)
	require.EqualValues(t, 1_201, deferred.OldReleaseHeight)
	require.EqualValues(t, 2_000+keeper.DeferredBlocks, deferred.Lapse.ReleaseHeight)
	require.Contains(t, deferred.Error, "inconsistent")
}

func TestIsolatedUndoesWhatPanics(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	f.at(2)
	err := keeper.Isolated(f.ctx, func(ctx sdk.Context) error {
		require.NoError(t, f.Bond(ctx, owner, math.NewInt(lot)))
		panic("broken")
	})
	require.ErrorIs(t, err, types.ErrInconsistent)
	require.ErrorContains(t, err, "broken")
	require.EqualValues(t, lot, f.get(owner).Bond.Int64())
	require.EqualValues(t, lot, f.bonded())
	require.Empty(t, f.events())
}
