package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// pruneLimit bounds the seeds that one block forgets, for the time after governance shortened the history.
const pruneLimit = 16

// SeedAt returns the seed of the current height and whether it is live. From a seed that is not live nothing may be
// drawn. It is known from the beginning of the block on; outside of a block it is the last block's.
func (k Keeper) SeedAt(ctx context.Context) (seed []byte, live bool, err error) {
	latest, err := k.newest(ctx)
	return latest.Value, latest.Live, err
}

// SeedOf returns the seed of a height, whether it is live, and the number of live heights up to and including it. A seed
// that is forgotten, or not known yet, is not live.
func (k Keeper) SeedOf(ctx context.Context, height int64) (seed []byte, live bool, count uint64, err error) {
	latest, err := k.newest(ctx)
	if err != nil || height == latest.Height {
		return latest.Value, latest.Live, latest.LiveCount, err
	}
	past, err := k.past.Get(ctx, height)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, false, 0, nil
	}
	return past.Value, past.Live, past.LiveCount, err
}

// LiveCount returns the number of live heights from the first block up to and including the current one.
func (k Keeper) LiveCount(ctx context.Context) (uint64, error) {
	latest, err := k.newest(ctx)
	return latest.LiveCount, err
}

// Randomness returns the randomness of a purpose at the current height: SHA256(seed || tag || id). Whether the height
// is live is for the caller to check.
func (k Keeper) Randomness(ctx context.Context, tag string, id []byte) ([]byte, error) {
	latest, err := k.newest(ctx)
	return types.Randomness(latest.Value, tag, id), err
}

// Seed returns the seed of a kept height, or the newest for height 0.
func (k Keeper) Seed(ctx context.Context, height int64) (types.Seed, error) {
	latest, err := k.newest(ctx)
	if err != nil {
		return types.Seed{}, err
	}
	if height == 0 || height == latest.Height {
		return latest, nil
	}
	seed, err := k.past.Get(ctx, height)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Seed{}, types.ErrSeedNotFound.Wrapf("height %d, the newest is %d", height, latest.Height)
	}
	return seed, err
}

// Duty tells what the proposer of the context's block has to prove: the input of the VRF, under which key. Without a
// key it owes no proof.
func (k Keeper) Duty(ctx sdk.Context) (key types.ValidatorKey, alpha []byte, due bool, err error) {
	latest, err := k.newest(ctx)
	if err != nil {
		return types.ValidatorKey{}, nil, false, err
	}
	operator := k.proposer(ctx)
	if operator == nil {
		return types.ValidatorKey{}, nil, false, nil
	}
	key, due, err = k.KeyAt(ctx, operator, ctx.BlockHeight())
	return key, types.Alpha(latest.Value, latest.Height+1), due, err
}

// Judge returns the seed that follows from the transactions of the context's block. It returns an error if they break
// the rule: where the proposer has a key, its proof is the first transaction, and there is no proof anywhere else.
func (k Keeper) Judge(ctx sdk.Context, txs [][]byte) (types.Seed, error) {
	key, _, due, err := k.Duty(ctx)
	if err != nil {
		return types.Seed{}, err
	}
	if due && (len(txs) == 0 || !types.IsProofTx(txs[0])) {
		return types.Seed{}, types.ErrProofMissing
	}
	for i, tx := range txs {
		if types.IsProofTx(tx) && (i > 0 || !due) {
			return types.Seed{}, types.ErrProofMisplaced.Wrapf("transaction %d", i)
		}
	}
	latest, err := k.newest(ctx)
	if err != nil {
		return types.Seed{}, err
	}
	if !due {
		return latest.Fallback(k.proposer(ctx).String()), nil
	}
	proof, err := types.DecodeProofTx(txs[0])
	if err != nil {
		return types.Seed{}, err
	}
	return latest.Next(key, proof)
}

// Record stores the seed of a block that was decided. A block that breaks the rule cannot be decided by an honest
// majority; should it be, it gets the fallback seed and the chain goes on.
func (k Keeper) Record(ctx sdk.Context, txs [][]byte) error {
	latest, err := k.newest(ctx)
	if err != nil {
		return err
	}
	seed, err := k.Judge(ctx, txs)
	if err != nil {
		ctx.Logger().Error("a decided block breaks the beacon's rule", "height", ctx.BlockHeight(), "err", err)
		seed = latest.Fallback(k.proposer(ctx).String())
	}
	if err := k.past.Set(ctx, latest.Height, latest); err != nil {
		return err
	}
	if err := k.latest.Set(ctx, seed); err != nil {
		return err
	}
	if err := k.prune(ctx, seed.Height); err != nil {
		return err
	}
	return ctx.EventManager().EmitTypedEvent(&types.EventSeed{Seed: seed})
}

// newest is the last seed, or ErrNotInitialised before the genesis.
func (k Keeper) newest(ctx context.Context) (types.Seed, error) {
	latest, err := k.latest.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Seed{}, types.ErrNotInitialised
	}
	return latest, err
}

// prune forgets seeds that are older than the history, counted with the newest one.
func (k Keeper) prune(ctx context.Context, height int64) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	old := new(collections.Range[int64]).EndInclusive(height - params.History)
	heights := make([]int64, 0, pruneLimit)
	err = k.past.Walk(ctx, old, func(h int64, _ types.Seed) (stop bool, err error) {
		heights = append(heights, h)
		return len(heights) == pruneLimit, nil
	})
	if err != nil {
		return err
	}
	for _, h := range heights {
		if err := k.past.Remove(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// proposer is the operator of the context's block's proposer, nil where unknown.
func (k Keeper) proposer(ctx sdk.Context) sdk.ValAddress {
	address := ctx.BlockHeader().ProposerAddress
	if len(address) == 0 {
		return nil
	}
	validator, err := k.staking.ValidatorByConsAddr(ctx, address)
	if err != nil {
		return nil
	}
	operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
	if err != nil {
		return nil
	}
	return operator
}
