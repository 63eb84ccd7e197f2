package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestDrawFollowsTheProtocol recomputes the picks of a draw from its seed.
func TestDrawFollowsTheProtocol(t *testing.T) {
	f := newFixture(t)
	for i := range 5 {
		f.worker(fmt.Sprintf("worker%d", i), int64(100+i))
	}
	spec := f.spec(f.module(0))
	spec.Units = 1
	job := f.submit(spec)
	seed, _, err := f.beacon.SeedAt(f.ctx)
	require.NoError(t, err)
	random := protocol.Random(protocol.Hash(seed), protocol.PurposeDraw, protocol.RandomID{Job: job.Id})
	slots, err := f.workers.Slots(f.ctx)
	require.NoError(t, err)
	require.Equal(t, uint64(50), slots)
	drawn := map[string]workertypes.Worker{}
	var cheapest workertypes.Worker
	for try := uint32(0); len(drawn) < 3; try++ {
		slot, err := protocol.Pick(random, try, slots)
		require.NoError(t, err)
		owner, err := f.workers.OwnerAt(f.ctx, slot)
		require.NoError(t, err)
		w, err := f.workers.Get(f.ctx, owner)
		require.NoError(t, err)
		if len(drawn) == 0 || w.Ask.LT(cheapest.Ask) {
			cheapest = w
		}
		drawn[w.Owner] = w
	}
	f.endBlock()
	lease := f.batch(job.Id, 0).Lease
	require.Equal(t, cheapest.Owner, lease.Worker)
	require.Equal(t, cheapest.Ask, lease.Ask)
	require.Equal(t, cheapest.Rate, lease.Rate)
	require.Equal(t, cheapest.Operator, events[*types.EventBatchOffered](f)[0].Operator)
}

func TestDrawsOpeners(t *testing.T) {
	f := newFixture(t)
	f.referees.accounts = []string{f.named("rita"), f.named("rolf"), f.named("ruth")}
	b := f.offered()
	require.Len(t, b.Lease.Openers, 2)
	require.Subset(t, f.referees.accounts, b.Lease.Openers)
	require.Equal(t, b.Lease.Openers, events[*types.EventBatchOffered](f)[0].Lease.Openers)
	must(f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: b.JobId})
	require.Equal(t, b.Lease.Openers, f.batch(b.JobId, 0).Lease.Openers)
}

// TestDrawSkips lists why a worker is not drawn.
func TestDrawSkips(t *testing.T) {
	for name, change := range map[string]func(*types.JobSpec){
		"ask above max_price": func(s *types.JobSpec) { s.MaxPrice = math.NewInt(499_999) },
		"feature missing":     func(s *types.JobSpec) { s.Features = []string{"big", "gpu"} },
		"not enough bond":     func(s *types.JobSpec) { s.MaxPrice, s.GasLimit = math.NewInt(1_000_000), 2_000_000_000 },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.worker("wendy", 500_000)
			spec := f.spec(f.module(0))
			spec.Units = 4
			change(&spec)
			job := f.submit(spec)
			f.runTo(f.ctx.BlockHeight() + 3)
			require.Zero(t, f.job(job.Id).NextBatch)
			require.Empty(t, events[*types.EventItemFailed](f))
			f.runTo(spec.Deadline + 1)
			require.Equal(t, types.JOB_STATE_EXPIRED, f.job(job.Id).State)
		})
	}
	t.Run("paused", func(t *testing.T) {
		f := newFixture(t)
		f.worker("wendy", 500_000)
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		job := f.submit(f.spec(f.module(0)))
		f.endBlock()
		require.Zero(t, f.job(job.Id).NextBatch)
	})
	t.Run("fully loaded", func(t *testing.T) {
		f := newFixture(t)
		f.worker("wendy", 500_000)
		spec := f.spec(f.module(0))
		spec.BatchSize, spec.Assurance.Samples = 1, 1
		job := f.submit(spec)
		f.endBlock()
		require.Equal(t, uint32(8), f.job(job.Id).NextBatch, "max_load")
		f.commit(f.batch(job.Id, 3))
		f.endBlock()
		require.Equal(t, uint32(9), f.job(job.Id).NextBatch)
	})
	t.Run("a height without a live seed", func(t *testing.T) {
		f := newFixture(t)
		f.worker("wendy", 500_000)
		f.beacon.dead[f.ctx.BlockHeight()] = true
		job := f.submit(f.spec(f.module(0)))
		f.endBlock()
		require.Zero(t, f.job(job.Id).NextBatch)
		f.endBlock()
		require.Equal(t, uint32(3), f.job(job.Id).NextBatch)
	})
	t.Run("the requester's own worker is drawn", func(t *testing.T) {
		f := newFixture(t)
		f.worker("alice", 500_000)
		job := f.submit(f.spec(f.module(0)))
		f.endBlock()
		require.Equal(t, f.named("alice"), f.batch(job.Id, 0).Lease.Worker)
	})
}

// TestJobsTakeTurns has fewer draws in a block than jobs.
func TestJobsTakeTurns(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	params := types.DevnetParams()
	params.DrawsPerBlock = 2
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: params})
	module := f.module(0)
	for range 3 {
		spec := f.spec(module)
		spec.Units = 8
		f.submit(spec)
	}
	var order []uint64
	for range 3 {
		f.forget()
		f.endBlock()
		for _, e := range events[*types.EventBatchOffered](f) {
			order = append(order, e.JobId)
		}
	}
	require.Equal(t, []uint64{1, 2, 3, 1, 2, 3}, order)
}

// TestLapseBars has an owner whose lease ran out: others come first, and it comes again where nobody else is.
func TestLapseBars(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	spec := f.spec(f.module(0))
	spec.Deadline, spec.Units = f.ctx.BlockHeight()+10_000, 4
	job := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(job.Id, 0))
	lapse := f.batch(job.Id, 0).Deadline

	t.Run("another worker, though it is dearer", func(t *testing.T) {
		f, before := f, f.ctx
		f.ctx, _ = before.CacheContext()
		f.worker("dear", 900_000)
		f.runTo(lapse + 1)
		require.Equal(t, f.named("dear"), f.batch(job.Id, 0).Lease.Worker)
		f.ctx = before
		f.supply = f.bank.GetSupply(f.ctx, types.Denom)
	})
	t.Run("nobody else", func(t *testing.T) {
		f.runTo(lapse + 1)
		b := f.batch(job.Id, 0)
		require.Equal(t, types.BATCH_STATE_OFFERED, b.State)
		require.Equal(t, f.named("wendy"), b.Lease.Worker)
		require.Equal(t, uint32(1), b.Epoch)
	})
}

// TestBarrenDraws has a network too large to be seen in one draw, in which all that fit are barred.
func TestBarrenDraws(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 1)
	spec := f.spec(f.module(0))
	spec.Deadline, spec.Units = f.ctx.BlockHeight()+10_000, 4
	job := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(job.Id, 0))
	for i := range 20 {
		f.worker(fmt.Sprintf("dear%d", i), price+1)
	}
	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	blocks, counted := 0, uint32(0)
	for f.batch(job.Id, 0).State == types.BATCH_STATE_QUEUED {
		require.Less(t, blocks, 200)
		require.GreaterOrEqual(t, f.job(job.Id).BarrenDraws, counted)
		counted = f.job(job.Id).BarrenDraws
		f.endBlock()
		blocks++
	}
	require.Equal(t, f.named("wendy"), f.batch(job.Id, 0).Lease.Worker)
	require.Equal(t, uint32(8), counted, "as many draws met wendy and nobody else that fits")
}
