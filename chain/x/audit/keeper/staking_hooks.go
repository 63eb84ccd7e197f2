package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// StakingHooks forget the referees of validators that are no more.
type StakingHooks struct {
	stakingtypes.StakingHooks
	keeper Keeper
}

// StakingHooks returns what x/staking tells this module.
func (k Keeper) StakingHooks() StakingHooks {
	return StakingHooks{StakingHooks: stakingtypes.NewMultiStakingHooks(), keeper: k}
}

// AfterValidatorRemoved forgets the validator's referee.
func (h StakingHooks) AfterValidatorRemoved(ctx context.Context, _ sdk.ConsAddress, operator sdk.ValAddress) error {
	return h.keeper.RemoveReferee(ctx, operator)
}
