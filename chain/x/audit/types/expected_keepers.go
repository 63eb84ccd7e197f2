package types

import (
	"context"
	"time"

	"cosmossdk.io/core/address"
	"cosmossdk.io/math"

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
	SendCoins(ctx context.Context, from, to sdk.AccAddress, amt sdk.Coins) error
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipient string, amt sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, sender string, recipient sdk.AccAddress, amt sdk.Coins) error
}

// StakingKeeper tells who the validators are.
type StakingKeeper interface {
	// ValidatorAddressCodec tells how operators of validators are written.
	ValidatorAddressCodec() address.Codec
	// GetValidator returns the validator of an operator.
	GetValidator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error)
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
}

// SlashingKeeper jails validators.
type SlashingKeeper interface {
	Jail(ctx context.Context, validator sdk.ConsAddress) error
	JailUntil(ctx context.Context, validator sdk.ConsAddress, until time.Time) error
	// DowntimeJailDuration is how long a validator is jailed that signs no blocks.
	DowntimeJailDuration(ctx context.Context) (time.Duration, error)
}

// BeaconKeeper is the source of randomness.
type BeaconKeeper interface {
	// SeedAt returns the seed of the current height, and whether anything may be drawn from it.
	SeedAt(ctx context.Context) (seed []byte, live bool, err error)
	// SeedOf returns the seed of a height that is not long past, whether anything may be drawn from it, and the number of
	// live heights up to it.
	SeedOf(ctx context.Context, height int64) (seed []byte, live bool, count uint64, err error)
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
	// LockDeposit locks free bond for an audit, or returns ErrInsufficientBond or ErrJailed.
	LockDeposit(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// Unlock frees locked bond.
	Unlock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error
	// PayLocked pays an amount out of a worker's locked bond to an account.
	PayLocked(ctx context.Context, owner, to sdk.AccAddress, amount math.Int, ref workertypes.BatchRef) error
	// Forfeit moves a locked amount into slash_hold and punishes the worker.
	Forfeit(ctx context.Context, loss workertypes.Loss) (uint64, error)
	// HoldDeposit moves a lost deposit from a module's account into slash_hold.
	HoldDeposit(ctx context.Context, account string, loss workertypes.Loss) (uint64, error)
	// AuditPosted records that an audit was posted in time.
	AuditPosted(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
	// AuditMissed records that an audit was not posted in time.
	AuditMissed(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
	// AuditMatched records that the audits of a worker's batch agreed with it.
	AuditMatched(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error
}

// TaskKeeper keeps jobs and batches.
type TaskKeeper interface {
	// Params of x/task.
	Params(ctx context.Context) (tasktypes.Params, error)
	// Job returns a job, or ErrUnknownJob.
	Job(ctx context.Context, id uint64) (tasktypes.Job, error)
	// Batch returns a batch that was drawn at least once and its job, or ErrUnknownJob, ErrUnknownBatch or ErrBatchPruned.
	Batch(ctx context.Context, jobID uint64, index uint32) (tasktypes.Job, tasktypes.Batch, error)
	// Epoch returns an epoch of a batch and its job: the batch itself, or the withheld epoch beside it. It returns
	// ErrWrongEpoch for an epoch that is over.
	Epoch(ctx context.Context, jobID uint64, index, epoch uint32) (tasktypes.Job, tasktypes.Batch, error)
	// Apply moves an epoch of a batch by an event, which is made of the current height and the job's terms.
	Apply(
		ctx context.Context, jobID uint64, index, epoch uint32, event func(tasktypes.At) tasktypes.Event,
	) (tasktypes.Batch, error)
	// Auditors is the number of auditors that a batch of a job can have.
	Auditors(job tasktypes.Job) (uint32, error)
}
