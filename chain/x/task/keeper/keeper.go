// Package keeper stores task modules, jobs and batches, and moves money and bond as the machine in types says.
package keeper

import (
	"context"
	"errors"

	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

type (
	batchKey    = collections.Pair[uint64, uint32]           // job, batch
	unleasedKey = collections.Triple[uint64, uint32, uint32] // job, state, batch
	holderKey   = collections.Triple[[]byte, uint64, uint32] // owner, job, batch
	barKey      = collections.Triple[uint64, []byte, bool]   // job, owner, lapse
	deadlineKey = collections.Triple[int64, uint64, uint64]  // height, job, slot
	slotKey     = collections.Pair[uint64, uint64]           // job, slot
	withheldKey = collections.Triple[uint64, uint32, uint32] // job, batch, epoch
	pruneKey    = collections.Pair[int64, uint64]            // height of the job's end, job
)

// Keeper holds the state of x/task. Modules, jobs, batches and bars are the objects; everything else is an index that
// a genesis import builds from them.
type Keeper struct {
	authority    string
	accounts     types.AccountKeeper
	bank         types.BankKeeper
	distribution types.DistributionKeeper
	staking      types.StakingKeeper
	workers      types.WorkerKeeper
	beacon       types.BeaconKeeper
	audits       *hooks

	schema  collections.Schema
	params  collections.Item[types.Params]
	modules collections.Map[[]byte, types.Module]
	code    collections.Map[[]byte, []byte]
	jobs    collections.Map[uint64, types.Job]
	nextJob collections.Item[uint64]
	batches collections.Map[batchKey, types.Batch]
	bars    collections.KeySet[barKey]
	// withheld holds the epochs that were selected and not opened in time.
	withheld collections.Map[withheldKey, types.Batch]
	// drawCursor is the job that the last draw was for.
	drawCursor collections.Item[uint64]

	// pins holds the open jobs of each module.
	pins collections.KeySet[collections.Pair[[]byte, uint64]]
	// requesters holds the jobs of each requester.
	requesters collections.KeySet[collections.Pair[[]byte, uint64]]
	// unleased holds the batches that are queued or offered.
	unleased collections.KeySet[unleasedKey]
	// holders holds the batches that each worker has.
	holders collections.KeySet[holderKey]
	// drawQueue holds the jobs that have something to draw.
	drawQueue collections.KeySet[uint64]
	// deadlines is the queue in the order of heights, deadlineOf the height of each object's entry.
	deadlines  collections.KeySet[deadlineKey]
	deadlineOf collections.Map[slotKey, int64]
	// committed holds the batches whose coins are tossed, coinPass how far that is.
	committed collections.KeySet[batchKey]
	coinPass  collections.Item[types.CoinPass]
	// pruneQueue holds the closed jobs whose batches are still stored.
	pruneQueue collections.KeySet[pruneKey]
	// escrow owes what remains of all jobs, deposits what all modules and demands deposited.
	escrow, deposits purse.Purse
}

// NewKeeper returns a keeper over a store. Only authority may change the parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, accounts types.AccountKeeper, bank types.BankKeeper,
	distribution types.DistributionKeeper, staking types.StakingKeeper, workers types.WorkerKeeper,
	beacon types.BeaconKeeper, authority string,
) Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	batch := collections.PairKeyCodec(collections.Uint64Key, collections.Uint32Key)
	owned := collections.PairKeyCodec(collections.BytesKey, collections.Uint64Key)
	k := Keeper{
		authority:    authority,
		accounts:     accounts,
		bank:         bank,
		distribution: distribution,
		staking:      staking,
		workers:      workers,
		beacon:       beacon,
		audits:       &hooks{},

		params: collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		modules: collections.NewMap(
			sb, types.ModulesPrefix, "modules", collections.BytesKey, codec.CollValue[types.Module](cdc),
		),
		code: collections.NewMap(sb, types.CodePrefix, "code", collections.BytesKey, collections.BytesValue),
		jobs: collections.NewMap(
			sb, types.JobsPrefix, "jobs", collections.Uint64Key, codec.CollValue[types.Job](cdc),
		),
		nextJob: collections.NewItem(sb, types.NextJobPrefix, "next_job", collections.Uint64Value),
		batches: collections.NewMap(sb, types.BatchesPrefix, "batches", batch, codec.CollValue[types.Batch](cdc)),
		bars: collections.NewKeySet(sb, types.BarsPrefix, "bars", collections.TripleKeyCodec(
			collections.Uint64Key, collections.BytesKey, collections.BoolKey,
		)),
		withheld: collections.NewMap(sb, types.WithheldPrefix, "withheld", collections.TripleKeyCodec(
			collections.Uint64Key, collections.Uint32Key, collections.Uint32Key,
		), codec.CollValue[types.Batch](cdc)),
		drawCursor: collections.NewItem(sb, types.DrawCursorPrefix, "draw_cursor", collections.Uint64Value),

		pins:       collections.NewKeySet(sb, types.PinsPrefix, "pins", owned),
		requesters: collections.NewKeySet(sb, types.RequestersPrefix, "requesters", owned),
		unleased: collections.NewKeySet(sb, types.UnleasedPrefix, "unleased", collections.TripleKeyCodec(
			collections.Uint64Key, collections.Uint32Key, collections.Uint32Key,
		)),
		holders: collections.NewKeySet(sb, types.HoldersPrefix, "holders", collections.TripleKeyCodec(
			collections.BytesKey, collections.Uint64Key, collections.Uint32Key,
		)),
		drawQueue: collections.NewKeySet(sb, types.DrawQueuePrefix, "draw_queue", collections.Uint64Key),
		deadlines: collections.NewKeySet(sb, types.DeadlinesPrefix, "deadlines", collections.TripleKeyCodec(
			collections.Int64Key, collections.Uint64Key, collections.Uint64Key,
		)),
		deadlineOf: collections.NewMap(
			sb, types.DeadlineOfPrefix, "deadline_of", collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key),
			collections.Int64Value,
		),
		committed: collections.NewKeySet(sb, types.CommittedPrefix, "committed", batch),
		coinPass:  collections.NewItem(sb, types.CoinPassPrefix, "coin_pass", codec.CollValue[types.CoinPass](cdc)),
		pruneQueue: collections.NewKeySet(sb, types.PruneQueuePrefix, "prune_queue", collections.PairKeyCodec(
			collections.Int64Key, collections.Uint64Key,
		)),

		escrow: purse.New(sb, bank, purse.Account{
			Name: types.EscrowAccount, Address: accounts.GetModuleAddress(types.EscrowAccount), Denom: types.Denom,
			OwedPrefix: types.EscrowOwedPrefix, PausedPrefix: types.EscrowPausedPrefix, ErrPaused: types.ErrPayoutsPaused,
		}),
		deposits: purse.New(sb, bank, purse.Account{
			Name: types.DepositAccount, Address: accounts.GetModuleAddress(types.DepositAccount), Denom: types.Denom,
			OwedPrefix: types.DepositOwedPrefix, PausedPrefix: types.DepositPausedPrefix, ErrPaused: types.ErrPayoutsPaused,
		}),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// Authority is the account that may change the parameters.
func (k Keeper) Authority() string { return k.authority }

// Params returns the current parameters.
func (k Keeper) Params(ctx context.Context) (types.Params, error) { return k.params.Get(ctx) }

// UpdateParams replaces the parameters. The coin of a batch must be spread over at least as many heights as there are
// validators, else a coalition of them could own the whole window.
func (k Keeper) UpdateParams(ctx context.Context, p types.Params) error {
	if err := p.Validate(); err != nil {
		return err
	}
	bonded, err := k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return err
	}
	if int(p.CoinHeights) < len(bonded) {
		return types.ErrInvalidParams.Wrapf("coin_heights is %d, want at least the %d bonded validators", p.CoinHeights, len(bonded))
	}
	if err := k.params.Set(ctx, p); err != nil {
		return err
	}
	return emit(ctx, &types.EventParamsUpdated{Params: p})
}

func (k Keeper) account(text string) (sdk.AccAddress, error) {
	addr, err := k.accounts.AddressCodec().StringToBytes(text)
	if err != nil {
		return nil, types.ErrInvalidAddress.Wrapf("%q: %s", text, err)
	}
	return addr, nil
}

func coins(amount math.Int) sdk.Coins { return sdk.NewCoins(sdk.NewCoin(types.Denom, amount)) }

func height(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockHeight() }

func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

func consumeGas(ctx context.Context, each uint64, n int, what string) {
	sdk.UnwrapSDKContext(ctx).GasMeter().ConsumeGas(each*uint64(n), what)
}

// orUnknown replaces the store's "not found" by a registered error.
func orUnknown(err, unknown error) error {
	if errors.Is(err, collections.ErrNotFound) {
		return unknown
	}
	return err
}

// first returns the first key of a range; ok is false where there is none.
func first[K any](ctx context.Context, set collections.KeySet[K], within collections.Ranger[K]) (key K, ok bool, err error) {
	err = set.Walk(ctx, within, func(k K) (bool, error) {
		key, ok = k, true
		return true, nil
	})
	return key, ok, err
}
