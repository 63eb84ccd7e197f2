package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// busy is a state with a job in each of its ways: running with batches in many states, suspended, cancelled, settled.
func busy(t *testing.T) *fixture {
	f := newFixture(t)
	f.worker("wendy", 500_000)
	module := f.module(1_000)
	spec := f.spec(module)
	spec.Deadline += 1_000
	running := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(running.Id, 0))
	f.commit(f.batch(running.Id, 1))
	f.commit(f.batch(running.Id, 2))
	cancelled := f.submit(spec)
	f.endBlock()
	f.accept(f.batch(cancelled.Id, 0))
	must(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: cancelled.Id})
	f.runTo(f.batch(running.Id, 1).Deadline + 1)
	f.open(f.batch(running.Id, 1))
	f.open(f.batch(running.Id, 2))
	f.acceptBatch(f.batch(running.Id, 2))
	must(f, f.msgs.DemandOutput, f.demandMsg(f.batch(running.Id, 1), 5))
	must(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.named("wendy-op"), JobId: running.Id})
	ended := f.spec(module)
	ended.Deadline = f.ctx.BlockHeight() + 1
	f.submit(ended)
	f.runTo(ended.Deadline + 2)
	f.submit(spec)
	return f
}

func TestGenesisRoundTrip(t *testing.T) {
	f := busy(t)
	exported, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NoError(t, exported.Validate())
	states := map[types.BatchState]bool{}
	for _, b := range exported.Batches {
		states[b.State] = true
	}
	for _, s := range []types.BatchState{
		types.BATCH_STATE_QUEUED, types.BATCH_STATE_LEASED, types.BATCH_STATE_DEMANDED, types.BATCH_STATE_FINAL, types.BATCH_STATE_ENDED,
	} {
		require.True(t, states[s], s.Short())
	}
	require.NotEmpty(t, exported.Bars)

	before := f.codec.MustMarshalJSON(exported)
	f.wipe()
	var imported types.GenesisState
	f.codec.MustUnmarshalJSON(before, &imported)
	require.NoError(t, f.keeper.InitGenesis(f.ctx, imported))
	f.check()
	again, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Equal(t, string(before), string(f.codec.MustMarshalJSON(again)))

	// the indexes work: what waits is drawn, what is due ends, and every job comes to its end
	alice := f.balance("alice")
	f.leap(3_000)
	for id := uint64(1); id < imported.NextJobId; id++ {
		require.True(t, f.job(id).Closed(), "job %d", id)
	}
	require.Empty(t, events[*types.EventItemFailed](f))
	require.Greater(t, f.balance("alice"), alice)
	require.Zero(t, f.held(types.EscrowAccount))
	require.True(t, f.registered("wendy").Reserved.IsZero())
	require.Zero(t, f.registered("wendy").Load)
}

// wipe empties the module's store.
func (f *fixture) wipe() {
	store := f.ctx.KVStore(f.keys[types.StoreKey])
	var keys [][]byte
	it := store.Iterator(nil, nil)
	for ; it.Valid(); it.Next() {
		keys = append(keys, it.Key())
	}
	require.NoError(f, it.Close())
	for _, key := range keys {
		store.Delete(key)
	}
}

func TestGenesisRefuses(t *testing.T) {
	f := busy(t)
	for name, change := range map[string]func(*types.GenesisState){
		"parameters":         func(g *types.GenesisState) { g.Params.Candidates = 0 },
		"a job twice":        func(g *types.GenesisState) { g.Jobs = append(g.Jobs, g.Jobs[0]) },
		"a job to come":      func(g *types.GenesisState) { g.NextJobId = 2 },
		"a batch twice":      func(g *types.GenesisState) { g.Batches = append(g.Batches, g.Batches[0]) },
		"a batch of no job":  func(g *types.GenesisState) { g.Batches[0].JobId = 77 },
		"a batch not drawn":  func(g *types.GenesisState) { g.Batches[2].Index = 3 },
		"a batch's state":    func(g *types.GenesisState) { g.Batches[0].State = 0 },
		"a lease missing":    func(g *types.GenesisState) { g.Batches[1].Lease = nil },
		"an opening missing": func(g *types.GenesisState) { g.Batches[1].Opening = nil },
		"a demand missing":   func(g *types.GenesisState) { g.Batches[1].Demand = nil },
		"a bar of no job":    func(g *types.GenesisState) { g.Bars[0].JobId = 77 },
		"a module twice":     func(g *types.GenesisState) { g.Modules = append(g.Modules, g.Modules[0]) },
		"another's code":     func(g *types.GenesisState) { g.Modules[0].Code = gzipped(wasm("other")) },
	} {
		t.Run(name, func(t *testing.T) {
			g, err := f.keeper.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, g.Validate())
			change(g)
			require.Error(t, g.Validate())
		})
	}
	t.Run("money that is not there", func(t *testing.T) {
		g, err := f.keeper.ExportGenesis(f.ctx)
		require.NoError(t, err)
		f.wipe()
		g.Jobs[0].Remaining = g.Jobs[0].Remaining.AddRaw(funds)
		g.Jobs[0].Funded = g.Jobs[0].Funded.AddRaw(funds)
		require.ErrorIs(t, f.keeper.InitGenesis(f.ctx, *g), types.ErrInvariant)
	})
}

func TestDefaultGenesis(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	require.NoError(t, types.NewGenesis(types.DevnetParams()).Validate())
}

// TestExportImportExportWhilePruning has a job of whose batches some are gone: the others go at the same heights.
func TestExportImportExportWhilePruning(t *testing.T) {
	f, job := settled(t, 1)
	f.runTo(job.SettledHeight + retention + 1)
	before, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Len(t, before.Batches, 2)
	require.NoError(t, before.Validate())

	f.wipe()
	require.NoError(t, f.keeper.InitGenesis(f.ctx, *before))
	f.check()
	again, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Equal(t, before, again)
	f.endBlock()
	f.endBlock()
	require.Equal(t, uint32(3), f.job(job.Id).PrunedBatches)

	before.Jobs[0].PrunedBatches = 2
	require.ErrorContains(t, before.Validate(), "was pruned")
	before.Jobs[0].State = types.JOB_STATE_OPEN
	require.ErrorContains(t, before.Validate(), "OPEN and has 2 pruned batches")
}
