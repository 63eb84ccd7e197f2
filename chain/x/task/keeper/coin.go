package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// maxCoinSeeds bounds the heights that one pass over the committed batches takes, after the beacon stood still for long.
const maxCoinSeeds = 1_000

// coin is a live height whose coins are tossed.
type coin struct {
	height int64
	live   uint64
	seed   protocol.Hash
}

// coinTerms decide how often a worker's batch is audited: as often as the job wants it, and always while the worker has
// no standing.
func coinTerms(params types.Params, job types.Job, standing uint64) (bps uint32, threshold uint64, err error) {
	bps = job.Spec.Assurance.AuditBps
	if standing < uint64(params.StandingAudits) {
		bps = protocol.BasisPoints
	}
	threshold, err = params.CoinThreshold(bps)
	return bps, threshold, err
}

// runCoins tosses the coins of committed batches, at live heights only, in passes: one pass goes over all batches and takes
// the heights since the pass before it. Where a block cannot toss all of them the pass goes on in the next one, and the
// heights that came meanwhile are for the pass after it, so that a backlog changes no coin.
func (k Keeper) runCoins(ctx sdk.Context, params types.Params) error {
	_, waiting, err := first(ctx, k.committed, nil)
	if err != nil || !waiting {
		return err
	}
	if _, live, err := k.beacon.SeedAt(ctx); err != nil || !live {
		return err
	}
	live, err := k.beacon.LiveCount(ctx)
	if err != nil {
		return err
	}
	pass, err := k.coinPass.Get(ctx)
	if err != nil {
		return err
	}
	if pass.Done {
		pass = types.CoinPass{
			FromHeight: max(pass.ToHeight, ctx.BlockHeight()-maxCoinSeeds), ToHeight: ctx.BlockHeight(), ToLive: live,
		}
	}
	coins, err := k.coins(ctx, pass)
	if err != nil {
		return err
	}
	batches, err := k.nextCoins(ctx, pass, int(params.CoinsPerBlock))
	if err != nil {
		return err
	}
	for _, key := range batches.keys {
		name := fmt.Sprintf("coins of job %d batch %d", key.K1(), key.K2())
		_ = k.attempt(ctx, name, func(ctx sdk.Context) error { return k.tossCoins(ctx, params, key, coins) })
		pass.JobId, pass.Batch = key.K1(), key.K2()
	}
	pass.Done = batches.last
	return k.coinPass.Set(ctx, pass)
}

// coins are the live heights of a pass, oldest first.
func (k Keeper) coins(ctx context.Context, pass types.CoinPass) ([]coin, error) {
	var found []coin
	for h := pass.FromHeight + 1; h <= pass.ToHeight; h++ {
		seed, live, count, err := k.beacon.SeedOf(ctx, h)
		if err != nil {
			return nil, err
		}
		if !live {
			continue
		}
		hash, err := protocol.HashFromBytes(seed)
		if err != nil {
			return nil, err
		}
		found = append(found, coin{height: h, live: count, seed: hash})
	}
	return found, nil
}

// turns are batches whose coins are tossed in a block; last tells that no batch is left for the pass.
type turns struct {
	keys []batchKey
	last bool
}

// nextCoins returns the batches behind the pass's cursor.
func (k Keeper) nextCoins(ctx context.Context, pass types.CoinPass, limit int) (turns, error) {
	found := turns{last: true}
	behind := new(collections.Range[batchKey])
	if pass.JobId != 0 {
		behind = behind.StartExclusive(collections.Join(pass.JobId, pass.Batch))
	}
	err := k.committed.Walk(ctx, behind, func(key batchKey) (bool, error) {
		if len(found.keys) == limit {
			found.last = false
			return true, nil
		}
		found.keys = append(found.keys, key)
		return false, nil
	})
	return found, err
}

// tossCoins selects a batch at the first height of a pass, behind its commit and within its window, whose coin hits.
func (k Keeper) tossCoins(ctx sdk.Context, params types.Params, key batchKey, coins []coin) error {
	job, batch, err := k.Batch(ctx, key.K1(), key.K2())
	if err != nil {
		return err
	}
	for _, c := range coins {
		if !batch.CoinHits(c.height, c.live, c.seed) {
			continue
		}
		auditors, err := k.Auditors(job)
		if err != nil || auditors == 0 {
			return err
		}
		at := types.At{Height: ctx.BlockHeight(), Terms: types.NewTerms(params, job)}
		_, err = k.step(ctx, &job, batch, types.CoinHit{At: at, SeedHeight: c.height, Auditors: auditors})
		return err
	}
	return nil
}

// endCoins lets a committed batch be opened once its live heights are over and their coins tossed; heights without a live
// seed do not count and put the entry off by as many.
func (k Keeper) endCoins(ctx sdk.Context, job types.Job, batch types.Batch, at types.At) error {
	live, err := k.beacon.LiveCount(ctx)
	if err != nil {
		return err
	}
	if target := batch.Commitment.LiveTarget; live < target {
		return k.schedule(ctx, batch.JobId, batchSlot(batch.Index), at.Height+int64(target-live))
	}
	tossed, err := k.tossed(ctx, batch)
	if err != nil {
		return err
	}
	if !tossed {
		return k.schedule(ctx, batch.JobId, batchSlot(batch.Index), at.Height+1)
	}
	_, err = k.step(ctx, &job, batch, types.CoinMissed{At: at, LiveCount: live})
	return err
}

// tossed tells that a pass has taken the batch's last height.
func (k Keeper) tossed(ctx context.Context, batch types.Batch) (bool, error) {
	if !batch.Tosses() {
		return true, nil
	}
	pass, err := k.coinPass.Get(ctx)
	return pass.Done && pass.ToLive >= batch.Commitment.LiveTarget, err
}
