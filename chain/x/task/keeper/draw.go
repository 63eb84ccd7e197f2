package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// runDraws draws workers for queued and never drawn batches, at live heights only. Jobs take turns, one batch a turn,
// as many turns as a block allows; the next block goes on behind the job that had the last one. A job without
// luck sits out the rest of the block.
func (k Keeper) runDraws(ctx sdk.Context, params types.Params) error {
	round, err := k.drawRound(ctx)
	if err != nil || round.slots == 0 {
		return err
	}
	cursor, err := k.drawCursor.Get(ctx)
	if err != nil {
		return err
	}
	budget := int(params.DrawsPerBlock)
	turns, err := k.nextTurns(ctx, cursor, budget)
	if err != nil || len(turns) == 0 {
		return err
	}
	if round.openers, err = k.audits.Openers(ctx); err != nil {
		return err
	}
	for budget > 0 && len(turns) > 0 {
		var again []uint64
		for _, id := range turns[:min(budget, len(turns))] {
			drawn := false
			_ = k.attempt(ctx, fmt.Sprintf("draw of job %d", id), func(ctx sdk.Context) (err error) {
				drawn, err = k.drawBatch(ctx, params, round, id)
				return err
			})
			if drawn {
				again = append(again, id)
			}
			cursor = id
			budget--
		}
		turns = again
	}
	return k.drawCursor.Set(ctx, cursor)
}

// round is what all draws of a block share.
type round struct {
	seed  protocol.Hash
	slots uint64
	// openers are the accounts of the referees that can be drawn, looked up where there is something to draw.
	openers []string
}

// drawRound returns the block's seed and slots; no slots where nothing can be drawn.
func (k Keeper) drawRound(ctx context.Context) (round, error) {
	seed, live, err := k.beacon.SeedAt(ctx)
	if err != nil || !live {
		return round{}, err
	}
	hash, err := protocol.HashFromBytes(seed)
	if err != nil {
		return round{}, err
	}
	slots, err := k.workers.Slots(ctx)
	return round{seed: hash, slots: slots}, err
}

// nextTurns returns the jobs of the draw queue behind the cursor and then from its start, each at most once.
func (k Keeper) nextTurns(ctx context.Context, cursor uint64, limit int) ([]uint64, error) {
	var turns []uint64
	take := func(id uint64) (bool, error) {
		turns = append(turns, id)
		return len(turns) == limit, nil
	}
	if err := k.drawQueue.Walk(ctx, new(collections.Range[uint64]).StartExclusive(cursor), take); err != nil {
		return nil, err
	}
	if len(turns) == limit {
		return turns, nil
	}
	err := k.drawQueue.Walk(ctx, new(collections.Range[uint64]).EndInclusive(cursor), take)
	return turns, err
}

// drawBatch offers the job's next batch to a worker; drawn is false where nobody fits at this height.
func (k Keeper) drawBatch(ctx sdk.Context, params types.Params, r round, id uint64) (drawn bool, err error) {
	job, err := k.Job(ctx, id)
	if err != nil || job.Over(ctx.BlockHeight()+1) || job.State != types.JOB_STATE_OPEN {
		return false, err
	}
	batch, fresh, err := k.nextBatch(ctx, job)
	if err != nil || batch.State != types.BATCH_STATE_QUEUED {
		return false, err
	}
	bond, err := batchBond(job, batch)
	if err != nil {
		return false, err
	}
	found, err := k.pick(ctx, params, r, batch, types.NeedsOf(job, bond))
	if err != nil {
		return false, err
	}
	candidates, barren := found.candidates(job.BarrenDraws)
	changed := barren != job.BarrenDraws
	job.BarrenDraws = barren
	worker, ok := types.Cheapest(candidates)
	if !ok {
		if changed {
			err = k.setJob(ctx, job)
		}
		return false, err
	}
	if fresh {
		job.NextBatch++
		job.LiveBatches++
	}
	return true, k.offer(ctx, params, r, &job, batch, worker, bond)
}

// offer gives a batch to a worker, at the ask and the rate of this moment.
func (k Keeper) offer(
	ctx sdk.Context, params types.Params, r round, job *types.Job, batch types.Batch, worker workertypes.Worker, bond math.Int,
) error {
	openers, err := types.DrawOpeners(r.seed, batch, worker.Owner, r.openers)
	if err != nil {
		return err
	}
	lease := types.Lease{
		Worker: worker.Owner, Ask: worker.Ask, Rate: worker.Rate, Bond: bond, DrawnHeight: ctx.BlockHeight(), Openers: openers,
	}
	at := types.At{Height: ctx.BlockHeight(), Terms: types.NewTerms(params, *job)}
	offered, err := k.step(ctx, job, batch, types.Drawn{At: at, Lease: lease})
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventBatchOffered{
		JobId: job.Id, Batch: offered.Index, Epoch: offered.Epoch, Lease: lease, Operator: worker.Operator,
		Deadline: offered.Deadline,
	})
}

// nextBatch returns the batch of a job that is drawn next: the first queued one, else the first that never was; fresh
// tells which. Where neither is left it returns none.
func (k Keeper) nextBatch(ctx context.Context, job types.Job) (batch types.Batch, fresh bool, err error) {
	index, queued, err := k.firstQueued(ctx, job.Id)
	if err != nil {
		return batch, false, err
	}
	if queued {
		batch, err = k.batches.Get(ctx, collections.Join(job.Id, index))
		return batch, false, err
	}
	if job.Undrawn() == 0 {
		return batch, false, nil
	}
	_, units, err := protocol.BatchUnits(job.Spec.Units, job.Spec.BatchSize, job.NextBatch)
	return types.NewBatch(job, job.NextBatch, units), true, err
}
