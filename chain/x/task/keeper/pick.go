package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// barrenLimit is the number of draws in a row that have to meet no eligible worker but barred ones until a job takes
// those, in a network too large to be seen in one draw. Each has up to 16 tries weighted by bond, so a
// share of 5 % of the bond that is eligible and not barred is overlooked by all of them once in 700 times.
const barrenLimit = 8

// found is whom a draw met.
type found struct {
	// eligible workers in the order of the draw, distinct, without bars.
	eligible []workertypes.Worker
	// lapsed are the same of owners that are barred by a lapse only.
	lapsed []workertypes.Worker
	// everyone tells that the workers met hold all slots, so that there is nobody else.
	everyone bool
}

// candidates returns the workers among whom the offer goes to the cheapest, and the job's new count of barren draws.
// Owners barred by a lapse are taken only where nobody else is eligible: that is certain where the draw met everyone,
// and assumed after enough barren draws in a row.
func (f found) candidates(barren uint32) ([]workertypes.Worker, uint32) {
	switch {
	case len(f.eligible) > 0:
		return f.eligible, 0
	case len(f.lapsed) == 0:
		return nil, barren
	case f.everyone || barren >= barrenLimit:
		return f.lapsed, barren
	}
	return nil, barren + 1
}

// pick draws slots until it has met the wanted number of distinct eligible workers or has no try left.
func (k Keeper) pick(ctx context.Context, params types.Params, r round, batch types.Batch, needs types.Needs) (found, error) {
	workerParams, err := k.workers.Params(ctx)
	if err != nil {
		return found{}, err
	}
	random := protocol.Random(r.seed, protocol.PurposeDraw, protocol.RandomID{
		Job: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch,
	})
	var f found
	var lots uint64
	met := map[string]bool{}
	for try := uint32(0); try < params.DrawTries && len(f.eligible) < int(params.Candidates); try++ {
		slot, err := protocol.Pick(random, try, r.slots)
		if err != nil {
			return found{}, err
		}
		owner, err := k.workers.OwnerAt(ctx, slot)
		if err != nil {
			return found{}, err
		}
		if met[string(owner)] {
			continue
		}
		met[string(owner)] = true
		worker, err := k.workers.Get(ctx, owner)
		if err != nil {
			return found{}, err
		}
		lots += worker.Lots
		if err := k.sort(ctx, &f, batch.JobId, owner, worker, needs.MetBy(worker, workerParams)); err != nil {
			return found{}, err
		}
	}
	f.everyone = lots == r.slots
	f.lapsed = f.lapsed[:min(len(f.lapsed), int(params.Candidates))]
	return f, nil
}

// sort puts a worker that fits where its bars allow.
func (k Keeper) sort(
	ctx context.Context, f *found, jobID uint64, owner sdk.AccAddress, worker workertypes.Worker, fits bool,
) error {
	if !fits {
		return nil
	}
	reported, err := k.bars.Has(ctx, collections.Join3(jobID, []byte(owner), false))
	if err != nil || reported {
		return err
	}
	lapsed, err := k.bars.Has(ctx, collections.Join3(jobID, []byte(owner), true))
	if err != nil {
		return err
	}
	if lapsed {
		f.lapsed = append(f.lapsed, worker)
	} else {
		f.eligible = append(f.eligible, worker)
	}
	return nil
}
