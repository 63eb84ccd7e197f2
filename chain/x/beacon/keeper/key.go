package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// RegisterKey gives a validator a key from the height that it returns on. A key that still waits is replaced.
func (k Keeper) RegisterKey(ctx sdk.Context, operator sdk.ValAddress, publicKey []byte) (int64, error) {
	if _, err := k.staking.GetValidator(ctx, operator); err != nil {
		return 0, types.ErrNotValidator.Wrapf("%s: %v", operator, err)
	}
	activeHeight, err := k.activeHeight(ctx)
	if err != nil {
		return 0, err
	}
	if err := k.dropKeys(ctx, operator, ctx.BlockHeight()); err != nil {
		return 0, err
	}
	key := types.ValidatorKey{Operator: operator.String(), PublicKey: publicKey, ActiveHeight: activeHeight}
	if err := k.keys.Set(ctx, collections.Join([]byte(operator), activeHeight), key); err != nil {
		return 0, err
	}
	return activeHeight, ctx.EventManager().EmitTypedEvent(&types.EventKeyRegistered{Key: key})
}

// KeyAt returns the key that a validator has to use at a height, and whether there is one.
func (k Keeper) KeyAt(ctx context.Context, operator sdk.ValAddress, height int64) (types.ValidatorKey, bool, error) {
	keys, err := k.Keys(ctx, operator)
	if err != nil {
		return types.ValidatorKey{}, false, err
	}
	for i := len(keys) - 1; i >= 0; i-- {
		if keys[i].ActiveHeight <= height {
			return keys[i], true, nil
		}
	}
	return types.ValidatorKey{}, false, nil
}

// Keys returns a validator's keys in the order of the heights from which they count.
func (k Keeper) Keys(ctx context.Context, operator sdk.ValAddress) ([]types.ValidatorKey, error) {
	iterator, err := k.keys.Iterate(ctx, collections.NewPrefixedPairRange[[]byte, int64](operator))
	if err != nil {
		return nil, err
	}
	return iterator.Values()
}

// RequireKeys returns ErrMissingKey where too few of the validators that may propose have a key at height, see
// types.RequireKeys.
func (k Keeper) RequireKeys(ctx context.Context, height int64) error {
	validators, err := k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return err
	}
	latest, err := k.newest(ctx)
	if err != nil {
		return err
	}
	var operators, missing []string
	for _, validator := range validators {
		operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
		if err != nil {
			return err
		}
		_, ok, err := k.KeyAt(ctx, operator, height)
		if err != nil {
			return err
		}
		operators = append(operators, operator.String())
		if !ok {
			missing = append(missing, operator.String())
		}
	}
	return types.RequireKeys(latest, operators, missing)
}

// RemoveKeys forgets the keys of a validator that is no more.
func (k Keeper) RemoveKeys(ctx context.Context, operator sdk.ValAddress) error {
	return k.keys.Clear(ctx, collections.NewPrefixedPairRange[[]byte, int64](operator))
}

// activeHeight is the height from which a key registered now counts: key_delay blocks ahead, so that its owner
// cannot know the seed that the key will meet. In the genesis it counts at once.
func (k Keeper) activeHeight(ctx sdk.Context) (int64, error) {
	latest, err := k.newest(ctx)
	if err != nil {
		return 0, err
	}
	beforeFirstBlock := ctx.BlockHeight() == 0 || latest.Height < ctx.BlockHeight()
	if beforeFirstBlock {
		return ctx.BlockHeight(), nil
	}
	params, err := k.params.Get(ctx)
	return ctx.BlockHeight() + params.KeyDelay, err
}

// dropKeys forgets all keys of a validator but the one in use at height.
func (k Keeper) dropKeys(ctx context.Context, operator sdk.ValAddress, height int64) error {
	keys, err := k.Keys(ctx, operator)
	if err != nil {
		return err
	}
	for i, key := range keys {
		inUse := key.ActiveHeight <= height && (i == len(keys)-1 || keys[i+1].ActiveHeight > height)
		if inUse {
			continue
		}
		if err := k.keys.Remove(ctx, collections.Join([]byte(operator), key.ActiveHeight)); err != nil {
			return err
		}
	}
	return nil
}
