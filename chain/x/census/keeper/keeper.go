// Package keeper tells what changed in modules that do not tell it by themselves. It stores nothing.
package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/census/types"
)

// Keeper compares the state before a block with the state after it.
type Keeper struct {
	staking   types.StakingKeeper
	bank      types.BankKeeper
	proposals types.Proposals
	votes     types.Votes
	// first tells whether no block was committed yet.
	first  func() bool
	before *[]*types.Validator
}

// NewKeeper returns a keeper over what it reads. first tells whether no block was committed yet.
func NewKeeper(
	staking types.StakingKeeper, bank types.BankKeeper, proposals types.Proposals, votes types.Votes, first func() bool,
) Keeper {
	return Keeper{staking, bank, proposals, votes, first, &[]*types.Validator{}}
}

// BeginBlock remembers the validators as the block before left them. Of the first block it tells what a genesis brought.
func (k Keeper) BeginBlock(ctx context.Context) error {
	if !k.first() {
		validators, err := k.validators(ctx)
		*k.before = validators
		return err
	}
	*k.before = nil
	return k.tellGenesis(sdk.UnwrapSDKContext(ctx))
}

// EndBlock tells each validator that the block changed, in the order of their addresses.
func (k Keeper) EndBlock(ctx context.Context) error {
	after, err := k.validators(ctx)
	if err != nil {
		return err
	}
	changes, err := changesOf(*k.before, after)
	if err != nil {
		return err
	}
	events := sdk.UnwrapSDKContext(ctx).EventManager()
	for _, change := range changes {
		if err := events.EmitTypedEvent(change); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) validators(ctx context.Context) ([]*types.Validator, error) {
	all, err := k.staking.GetAllValidators(ctx)
	if err != nil {
		return nil, err
	}
	told := make([]*types.Validator, len(all))
	for i, validator := range all {
		if told[i], err = types.ValidatorOf(validator); err != nil {
			return nil, err
		}
	}
	return told, nil
}
