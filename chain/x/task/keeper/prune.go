package keeper

import (
	"context"
	"fmt"
	"math"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// runPruning removes batches of jobs that ended retention_blocks ago, of those that ended first, as many as a block
// allows. The job itself stays, with its sums. A job whose turn fails is tried again and holds up no other.
func (k Keeper) runPruning(ctx sdk.Context, params types.Params) error {
	due := new(collections.Range[pruneKey]).EndInclusive(
		collections.Join(ctx.BlockHeight()-params.RetentionBlocks, uint64(math.MaxUint64)),
	)
	var turns []pruneKey
	err := k.pruneQueue.Walk(ctx, due, func(key pruneKey) (bool, error) {
		turns = append(turns, key)
		return len(turns) == int(params.PrunesPerBlock), nil
	})
	if err != nil {
		return err
	}
	budget := params.PrunesPerBlock
	for _, turn := range turns {
		var pruned uint32
		_ = k.attempt(ctx, fmt.Sprintf("pruning of job %d", turn.K2()), func(ctx sdk.Context) (err error) {
			pruned, err = k.pruneJob(ctx, turn.K2(), budget)
			return err
		})
		if budget -= min(budget, max(pruned, 1)); budget == 0 {
			return nil
		}
	}
	return nil
}

// pruneJob removes the next batches of a closed job, in their order, and returns how many.
func (k Keeper) pruneJob(ctx sdk.Context, id uint64, limit uint32) (uint32, error) {
	job, err := k.Job(ctx, id)
	if err != nil {
		return 0, err
	}
	pruned, left := uint32(0), true
	for ; left && pruned < limit; pruned++ {
		if err := k.batches.Remove(ctx, collections.Join(id, job.PrunedBatches+pruned)); err != nil {
			return 0, err
		}
		if left, err = k.batches.Has(ctx, collections.Join(id, job.PrunedBatches+pruned+1)); err != nil {
			return 0, err
		}
	}
	if !left {
		if err := k.pruneQueue.Remove(ctx, collections.Join(job.SettledHeight, id)); err != nil {
			return 0, err
		}
	}
	if err := k.setJob(ctx, job.Prune(pruned, ctx.BlockHeight())); err != nil {
		return 0, err
	}
	return pruned, emit(ctx, &types.EventBatchesPruned{
		JobId: id, FirstBatch: job.PrunedBatches, Batches: pruned, Done: !left,
	})
}

// queuePruning gives a closed job its place in the queue while batches of it are stored.
func (k Keeper) queuePruning(ctx context.Context, job types.Job) error {
	stored, err := k.batches.Has(ctx, collections.Join(job.Id, job.PrunedBatches))
	if err != nil || !stored {
		return err
	}
	return k.pruneQueue.Set(ctx, collections.Join(job.SettledHeight, job.Id))
}
