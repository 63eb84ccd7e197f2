package keeper

import (
	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// InitGenesis fills the empty store. The last seed has to be that of the height before the first block.
func (k Keeper) InitGenesis(ctx sdk.Context, genesis types.GenesisState) error {
	if err := genesis.Validate(); err != nil {
		return err
	}
	previous := max(ctx.BlockHeight()-1, 0)
	latest := genesis.Seeds[len(genesis.Seeds)-1]
	if latest.Height != previous {
		return types.ErrInvalidGenesis.Wrapf("the last seed has the height %d, the first block follows %d", latest.Height, previous)
	}
	if err := k.params.Set(ctx, genesis.Params); err != nil {
		return err
	}
	for _, key := range genesis.Keys {
		operator, err := sdk.ValAddressFromBech32(key.Operator)
		if err != nil {
			return err
		}
		if err := k.keys.Set(ctx, collections.Join([]byte(operator), key.ActiveHeight), key); err != nil {
			return err
		}
	}
	for _, seed := range genesis.Seeds[:len(genesis.Seeds)-1] {
		if err := k.past.Set(ctx, seed.Height, seed); err != nil {
			return err
		}
	}
	return k.latest.Set(ctx, latest)
}

// ExportGenesis returns the whole store.
func (k Keeper) ExportGenesis(ctx sdk.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	genesis := &types.GenesisState{Params: params, Keys: []types.ValidatorKey{}}
	err = k.keys.Walk(ctx, nil, func(_ collections.Pair[[]byte, int64], key types.ValidatorKey) (bool, error) {
		genesis.Keys = append(genesis.Keys, key)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.past.Walk(ctx, nil, func(_ int64, seed types.Seed) (bool, error) {
		genesis.Seeds = append(genesis.Seeds, seed)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	latest, err := k.latest.Get(ctx)
	genesis.Seeds = append(genesis.Seeds, latest)
	return genesis, err
}
