package keeper_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// TestRandomWalk lets requesters and workers do what they like, right or wrong, in any order, over several hundred
// blocks. The fixture checks the invariants after each step; at the end every job must have ended by itself, with no
// money, bond or load left anywhere.
func TestRandomWalk(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { walk(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func walk(t *testing.T, r *rand.Rand) {
	f := newFixture(t)
	f.params(func(p *types.Params) { p.RetentionBlocks, p.PrunesPerBlock = 60, 2 })
	names := []string{"w0", "w1", "w2", "w3"}
	for i, name := range names {
		f.worker(name, int64(100_000*(i+1)))
	}
	module := f.module(500)
	states := map[string]bool{}
	for range 250 {
		switch r.IntN(12) {
		case 0:
			spec := f.spec(module)
			spec.Units, spec.BatchSize = 1+r.Uint32N(20), 1+r.Uint32N(6)
			spec.Deadline += r.Int64N(200)
			_, _ = send(f, f.msgs.SubmitJob, &types.MsgSubmitJob{
				Requester: f.named("alice"), Spec: spec, MaxEscrow: math.NewInt(r.Int64N(100_000)),
			})
		case 1:
			name := names[r.IntN(len(names))]
			if f.workers.Pause(f.ctx, f.addr(name), f.addr(name)) != nil {
				require.NoError(t, f.workers.Resume(f.ctx, f.addr(name), f.addr(name)))
			}
		case 2, 3, 4, 5:
			f.runTo(f.ctx.BlockHeight() + 1 + r.Int64N(6))
		default:
			f.act(r, states)
		}
	}
	f.leap(4_000)
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NotEmpty(t, g.Jobs)
	for _, j := range g.Jobs {
		require.True(t, j.Closed(), "job %d is %s", j.Id, j.State)
	}
	require.Empty(t, g.Batches)
	require.NotEmpty(t, events[*types.EventBatchesPruned](f))
	require.Empty(t, g.Bars)
	require.Zero(t, f.held(types.EscrowAccount))
	require.Empty(t, events[*types.EventItemFailed](f))
	for _, name := range names {
		w := f.registered(name)
		require.Zero(t, w.Load)
		require.True(t, w.Reserved.IsZero())
		require.True(t, w.Locked.IsZero())
	}
	require.Greater(t, len(states), 6, "the walk did not get far: %v", states)
}

// act does something with a random batch, most of the time what its state allows.
func (f *fixture) act(r *rand.Rand, states map[string]bool) {
	f.Helper()
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(f, err)
	var live []types.Batch
	for _, b := range g.Batches {
		states[b.State.Short()] = true
		if b.Live() {
			live = append(live, b)
		}
	}
	if len(live) == 0 {
		return
	}
	b := live[r.IntN(len(live))]
	if r.IntN(40) == 0 {
		_, _ = send(f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: f.named("alice"), JobId: b.JobId})
		return
	}
	state := b.State
	if r.IntN(5) == 0 {
		state = types.BatchState(1 + r.IntN(7))
	}
	first := b.Index * f.job(b.JobId).Spec.BatchSize
	switch state {
	case types.BATCH_STATE_QUEUED:
		_, _ = send(f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: f.named("alice"), JobId: b.JobId})
		if b.LateOpen != 0 {
			late := b
			late.Epoch--
			_, _ = send(f, f.msgs.Open, f.openMsg(late, f.compute(late)))
		}
	case types.BATCH_STATE_OFFERED, types.BATCH_STATE_LEASED:
		if b.Lease == nil {
			return
		}
		switch r.IntN(6) {
		case 0:
			_, _ = send(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{
				Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: first,
			})
		case 1, 2:
			_, _ = send(f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{
				Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
			})
		default:
			_, _ = send(f, f.msgs.Commit, f.commitMsg(b, f.compute(b)))
		}
	case types.BATCH_STATE_COMMITTED, types.BATCH_STATE_OPENING:
		_, _ = send(f, f.msgs.Open, f.openMsg(b, f.compute(b)))
	case types.BATCH_STATE_CHALLENGE:
		if r.IntN(3) == 0 {
			_, _ = send(f, f.msgs.DemandOutput, f.demandMsg(b, first))
			return
		}
		_, _ = send(f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{
			Requester: f.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
		})
	case types.BATCH_STATE_DEMANDED:
		_, _ = send(f, f.msgs.PostOutput, f.postMsg(b, first))
	}
}
