package types

import (
	"context"

	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
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
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipient string, amt sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, sender string, recipient sdk.AccAddress, amt sdk.Coins) error
}

// StakingKeeper tells who the validators are.
type StakingKeeper interface {
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
}

// BeaconKeeper is the source of randomness.
type BeaconKeeper interface {
	// SeedAt returns the seed of the current height, and whether anything may be drawn from it.
	SeedAt(ctx context.Context) (seed []byte, live bool, err error)
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
}

// TaskKeeper keeps jobs and batches.
type TaskKeeper interface {
	// Job returns a job, or ErrUnknownJob.
	Job(ctx context.Context, id uint64) (tasktypes.Job, error)
	// Batch returns a batch that was drawn at least once and its job, or ErrUnknownJob, ErrUnknownBatch or ErrBatchPruned.
	Batch(ctx context.Context, jobID uint64, index uint32) (tasktypes.Job, tasktypes.Batch, error)
}
