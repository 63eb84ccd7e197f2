package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestReputation(t *testing.T) {
	for _, c := range []struct {
		availability uint32
		final        uint64
		want         uint64
	}{
		{0, 0, 1_000},
		{10_000, 0, 1_000},
		{0, 1_000_000, 1_000},
		{5_000, 1, 1_005},
		{9_999, 1, 1_009},
		{10_000, 1_000, 11_000},
		{10_000, 1 << 63, 11_000},
	} {
		w := newWorker(0)
		w.Availability, w.BatchesFinal = c.availability, c.final
		require.Equal(t, c.want, w.Reputation(), "%+v", c)
	}
}

func TestAvailabilityMovesBySixteenthsToBothEnds(t *testing.T) {
	w := newWorker(0)
	require.EqualValues(t, 4_687, w.NotOpened().Availability)
	up, err := w.Final()
	require.NoError(t, err)
	require.EqualValues(t, 5_313, up.Availability)
	for range 200 {
		w = w.NotOpened()
	}
	require.Zero(t, w.Availability)
	for range 200 {
		w, err = w.Final()
		require.NoError(t, err)
	}
	require.EqualValues(t, types.MaxAvailability, w.Availability)
	require.EqualValues(t, 200, w.BatchesFinal)
}

func TestLeasable(t *testing.T) {
	for _, c := range []struct{ bond, locked, reserved, leasable, free int64 }{
		{1_000, 0, 0, 900, 1_000},
		{1_001, 0, 0, 900, 1_001},
		{1_000, 400, 0, 500, 600},
		{1_000, 400, 300, 200, 600},
		{1_000, 900, 0, 0, 100},
		{1_000, 1_000, 0, 0, 0},
		{1_000, 0, 5_000, 0, 1_000},
		{0, 0, 0, 0, 0},
	} {
		w := newWorker(c.bond)
		w.Locked, w.Reserved = math.NewInt(c.locked), math.NewInt(c.reserved)
		require.Equal(t, c.leasable, w.Leasable(testParams()).Int64(), "%+v", c)
		require.Equal(t, c.free, w.Free().Int64(), "%+v", c)
	}
}

func TestWantedLots(t *testing.T) {
	p := testParams()
	for bond, want := range map[int64]uint64{0: 0, 999: 0, 1_000: 1, 1_999: 1, 2_000: 2, 1_000_000: 1_000, 9_000_000: 1_000} {
		require.Equal(t, want, newWorker(bond).WantedLots(p), bond)
	}
	huge := newWorker(0)
	huge.Bond = math.NewIntWithDecimal(1, 38)
	require.EqualValues(t, 1_000, huge.WantedLots(p))
	for _, status := range []types.WorkerStatus{types.WORKER_STATUS_PAUSED, types.WORKER_STATUS_SET_ASIDE} {
		w := newWorker(5_000)
		w.Status = status
		require.Zero(t, w.WantedLots(p))
	}
}
