package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// StakingKeeper tells who the validators are.
type StakingKeeper interface {
	// ValidatorByConsAddr returns the validator that signs blocks with a consensus address.
	ValidatorByConsAddr(ctx context.Context, addr sdk.ConsAddress) (stakingtypes.ValidatorI, error)
	// GetValidator returns the validator of an operator.
	GetValidator(ctx context.Context, addr sdk.ValAddress) (stakingtypes.Validator, error)
	// GetBondedValidatorsByPower returns the validators that may propose.
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
}
