package types

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// StakingKeeper is what the module needs of x/staking.
type StakingKeeper interface {
	GetAllValidators(ctx context.Context) ([]stakingtypes.Validator, error)
}

// BankKeeper is what the module needs of x/bank.
type BankKeeper interface {
	GetSupply(ctx context.Context, denom string) sdk.Coin
}

// Proposals are the proposals of x/gov by id.
type Proposals interface {
	Get(ctx context.Context, id uint64) (govtypes.Proposal, error)
	Walk(ctx context.Context, ranger collections.Ranger[uint64], do func(uint64, govtypes.Proposal) (bool, error)) error
}

// Votes are the votes of x/gov by proposal and voter.
type Votes interface {
	Get(ctx context.Context, key collections.Pair[uint64, sdk.AccAddress]) (govtypes.Vote, error)
}
