package types

import (
	"context"

	"cosmossdk.io/core/address"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// AccountKeeper tells how addresses are written and where module accounts live.
type AccountKeeper interface {
	AddressCodec() address.Codec
	GetModuleAddress(name string) sdk.AccAddress
	// GetModuleAccount makes the account if there is none.
	GetModuleAccount(ctx context.Context, name string) sdk.ModuleAccountI
}

// BankKeeper moves coins.
type BankKeeper interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SpendableCoin(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipient string, amt sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, sender string, recipient sdk.AccAddress, amt sdk.Coins) error
}

// DistributionKeeper takes the community's fee.
type DistributionKeeper interface {
	FundCommunityPool(ctx context.Context, amount sdk.Coins, sender sdk.AccAddress) error
}

// StakingKeeper tells who the validators are.
type StakingKeeper interface {
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
}

// BeaconKeeper is the source of randomness.
type BeaconKeeper interface {
	// SeedAt returns the seed of the current height, and whether anything may be drawn from it.
	SeedAt(ctx context.Context) (seed []byte, live bool, err error)
	// SeedOf returns the seed of a height that is not long past, whether anything may be drawn from it, and the number of
	// live heights up to it. Of one that is forgotten it says that nothing may be drawn.
	SeedOf(ctx context.Context, height int64) (seed []byte, live bool, count uint64, err error)
	// LiveCount is the number of live heights up to and including the current one.
	LiveCount(ctx context.Context) (uint64, error)
}

// WorkerKeeper is the registry of workers. A worker is named by its owner; amounts are udmc.
type WorkerKeeper interface {
	// Slots is the length of the dense index of bond lots.
	Slots(ctx context.Context) (uint64, error)
	// OwnerAt returns the owner of a slot.
	OwnerAt(ctx context.Context, slot uint64) (sdk.AccAddress, error)
	// Get returns a worker, or ErrUnknownWorker.
	Get(ctx context.Context, owner sdk.AccAddress) (workertypes.Worker, error)
	// ByOperator returns the worker of an operator, or ErrUnknownWorker.
	ByOperator(ctx context.Context, operator sdk.AccAddress) (workertypes.Worker, error)
	// Params of x/worker.
	Params(ctx context.Context) (workertypes.Params, error)
	// Reserve records an offer.
	Reserve(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// Release records that an offer is gone without a lease.
	Release(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// Lock turns a reservation into locked bond, or returns ErrInsufficientBond.
	Lock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// EndLease records that a lease is over, whichever way.
	EndLease(ctx context.Context, owner sdk.AccAddress) error
	// Unlock frees locked bond.
	Unlock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// Lapse keeps a lease's bond locked for a while.
	Lapse(ctx context.Context, owner sdk.AccAddress, amount math.Int, ref workertypes.BatchRef) error
	// MissOffer records that an offer was not answered.
	MissOffer(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
	// Responded records that an offer was answered.
	Responded(ctx context.Context, owner sdk.AccAddress) error
	// NotOpened records that a committed batch was not opened in time.
	NotOpened(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
	// Final records that a batch is done and paid.
	Final(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
}
