package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestAbsentWorkerIsSetAside has a worker that misses offers: two in a row and an answer forgive, three set it aside,
// nothing is drawn for it until it says that it is back, and what it holds runs on.
func TestAbsentWorkerIsSetAside(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	spec := f.spec(f.module(0))
	spec.Deadline, spec.Units = f.ctx.BlockHeight()+10_000, 4
	held := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(held.Id, 0))
	missed := f.submit(spec)
	f.endBlock()

	miss := func() {
		f.runTo(f.batch(missed.Id, 0).Deadline + 1)
	}
	miss()
	miss()
	require.Equal(t, uint32(2), f.registered("wendy").Missed)
	f.commit(f.batch(held.Id, 0))
	require.Equal(t, uint32(2), f.registered("wendy").Missed, "it was leased already, so that this answers no offer")
	f.accept(f.batch(missed.Id, 0))
	require.Zero(t, f.registered("wendy").Missed)

	again := f.submit(spec)
	f.endBlock()
	for range 3 {
		require.Equal(t, workertypes.WORKER_STATUS_ACTIVE, f.registered("wendy").Status)
		f.runTo(f.batch(again.Id, 0).Deadline + 1)
	}
	require.Equal(t, workertypes.WORKER_STATUS_SET_ASIDE, f.registered("wendy").Status)
	f.runTo(f.ctx.BlockHeight() + 20)
	require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(again.Id, 0).State, "nobody is in the draw")
	f.commit(f.batch(missed.Id, 0))
	require.Equal(t, types.BATCH_STATE_COMMITTED, f.batch(missed.Id, 0).State, "what it holds runs on")

	require.NoError(t, f.workers.Resume(f.ctx, f.addr("wendy-op"), f.addr("wendy")))
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(again.Id, 0).State)
	require.Zero(t, f.registered("wendy").Missed)
}

// TestEachLapseLocksTwiceAsLong has one owner let lease after lease run out, as it alone is eligible.
func TestEachLapseLocksTwiceAsLong(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	params, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	spec := f.spec(f.module(0))
	spec.Deadline, spec.Units = f.ctx.BlockHeight()+10_000, 4
	job := f.submit(spec)
	var release int64
	for lapses := range int64(4) {
		f.endBlock()
		f.accept(f.batch(job.Id, 0))
		end := f.batch(job.Id, 0).Deadline
		f.runTo(end)
		f.forget()
		f.endBlock()
		lapsed := events[*workertypes.EventLapse](f)
		require.Len(t, lapsed, 1)
		release = lapsed[0].Lapse.ReleaseHeight
		require.Equal(t, end+params.LapseLock<<lapses, release)
	}
	f.runTo(release)
	require.Equal(t, f.batch(job.Id, 0).Lease, (*types.Lease)(nil), "it was set aside meanwhile")
	require.False(t, f.registered("wendy").Locked.IsZero())
	f.endBlock()
	require.True(t, f.registered("wendy").Locked.IsZero(), "all of it is free again")
}
