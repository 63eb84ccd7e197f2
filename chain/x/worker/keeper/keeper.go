// Package keeper stores workers, their bonds and the index of bond lots.
package keeper

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	collcodec "cosmossdk.io/collections/codec"
	"cosmossdk.io/collections/indexes"
	"cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// Keeper is the only writer of the module's store and of the account that holds the bonds.
type Keeper struct {
	accounts  types.AccountKeeper
	bank      types.BankKeeper
	authority string

	schema       collections.Schema
	params       collections.Item[types.Params]
	workers      *collections.IndexedMap[sdk.AccAddress, types.Worker, workerIndexes]
	slots        collections.Map[uint64, sdk.AccAddress]
	slotCount    collections.Item[uint64]
	positions    collections.KeySet[collections.Pair[sdk.AccAddress, uint64]]
	lapses       *collections.IndexedMap[uint64, types.Lapse, lapseIndexes]
	nextLapseID  collections.Sequence
	lapseHistory collections.KeySet[collections.Triple[sdk.AccAddress, int64, uint64]]
	sweep        collections.Item[sdk.AccAddress]
	slashes      *collections.IndexedMap[uint64, types.Slash, slashIndexes]
	nextSlashID  collections.Sequence
	// bonds owes the sum of all bonds, held that of all slashes.
	bonds, held purse.Purse
}

type workerIndexes struct {
	Operator *indexes.Unique[sdk.AccAddress, sdk.AccAddress, types.Worker]
}

type lapseIndexes struct {
	Owner   *indexes.Multi[sdk.AccAddress, uint64, types.Lapse]
	Release *indexes.Multi[int64, uint64, types.Lapse]
}

type slashIndexes struct {
	Owner   *indexes.Multi[sdk.AccAddress, uint64, types.Slash]
	Release *indexes.Multi[int64, uint64, types.Slash]
}

// NewKeeper makes a keeper over the module's store. The authority, in bech32, may change the parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, accounts types.AccountKeeper, bank types.BankKeeper,
	authority string,
) Keeper {
	for _, name := range []string{types.BondAccount, types.HoldAccount} {
		if accounts.GetModuleAddress(name) == nil {
			panic(fmt.Sprintf("the module account %s is not set", name))
		}
	}
	addressOf := func(text string) (sdk.AccAddress, error) { return accounts.AddressCodec().StringToBytes(text) }
	address := collcodec.KeyToValueCodec(sdk.AccAddressKey)
	sb := collections.NewSchemaBuilder(storeService)
	k := Keeper{
		accounts:  accounts,
		bank:      bank,
		authority: authority,
		params:    collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		workers: collections.NewIndexedMap(sb, types.WorkersPrefix, "workers", sdk.AccAddressKey, codec.CollValue[types.Worker](cdc),
			workerIndexes{
				Operator: indexes.NewUnique(sb, types.WorkersByOperatorPrefix, "workers_by_operator", sdk.AccAddressKey, sdk.AccAddressKey,
					func(_ sdk.AccAddress, w types.Worker) (sdk.AccAddress, error) { return addressOf(w.Operator) }),
			}),
		slots:     collections.NewMap(sb, types.SlotsPrefix, "slots", collections.Uint64Key, address),
		slotCount: collections.NewItem(sb, types.SlotCountPrefix, "slot_count", collections.Uint64Value),
		positions: collections.NewKeySet(sb, types.PositionsPrefix, "positions",
			collections.PairKeyCodec(sdk.AccAddressKey, collections.Uint64Key)),
		lapses: collections.NewIndexedMap(sb, types.LapsesPrefix, "lapses", collections.Uint64Key, codec.CollValue[types.Lapse](cdc),
			lapseIndexes{
				Owner: indexes.NewMulti(sb, types.LapsesByOwnerPrefix, "lapses_by_owner", sdk.AccAddressKey, collections.Uint64Key,
					func(_ uint64, l types.Lapse) (sdk.AccAddress, error) { return addressOf(l.Owner) }),
				Release: indexes.NewMulti(sb, types.LapsesByReleasePrefix, "lapses_by_release", collections.Int64Key, collections.Uint64Key,
					func(_ uint64, l types.Lapse) (int64, error) { return l.ReleaseHeight, nil }),
			}),
		nextLapseID: collections.NewSequence(sb, types.NextLapseIDPrefix, "next_lapse_id"),
		lapseHistory: collections.NewKeySet(sb, types.LapseHistoryPrefix, "lapse_history",
			collections.TripleKeyCodec(sdk.AccAddressKey, collections.Int64Key, collections.Uint64Key)),
		sweep: collections.NewItem(sb, types.SweepPrefix, "sweep", address),
		slashes: collections.NewIndexedMap(sb, types.SlashesPrefix, "slashes", collections.Uint64Key, codec.CollValue[types.Slash](cdc),
			slashIndexes{
				Owner: indexes.NewMulti(sb, types.SlashesByOwnerPrefix, "slashes_by_owner", sdk.AccAddressKey, collections.Uint64Key,
					func(_ uint64, s types.Slash) (sdk.AccAddress, error) { return addressOf(s.Owner) }),
				Release: indexes.NewMulti(sb, types.SlashesByReleasePrefix, "slashes_by_release", collections.Int64Key, collections.Uint64Key,
					func(_ uint64, s types.Slash) (int64, error) { return s.ReleaseHeight, nil }),
			}),
		nextSlashID: collections.NewSequence(sb, types.NextSlashIDPrefix, "next_slash_id"),
		held: purse.New(sb, bank, purse.Account{
			Name: types.HoldAccount, Address: accounts.GetModuleAddress(types.HoldAccount), Denom: types.BondDenom,
			OwedPrefix: types.HoldOwedPrefix, PausedPrefix: types.HoldPausedPrefix, ErrPaused: types.ErrPayoutsPaused,
		}),
		bonds: purse.New(sb, bank, purse.Account{
			Name: types.BondAccount, Address: accounts.GetModuleAddress(types.BondAccount), Denom: types.BondDenom,
			OwedPrefix: types.BondOwedPrefix, PausedPrefix: types.BondPausedPrefix, ErrPaused: types.ErrPayoutsPaused,
		}),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(fmt.Errorf("schema of x/%s: %w", types.ModuleName, err))
	}
	k.schema = schema
	return k
}

func (w workerIndexes) IndexesList() []collections.Index[sdk.AccAddress, types.Worker] {
	return []collections.Index[sdk.AccAddress, types.Worker]{w.Operator}
}

func (l lapseIndexes) IndexesList() []collections.Index[uint64, types.Lapse] {
	return []collections.Index[uint64, types.Lapse]{l.Owner, l.Release}
}

func (s slashIndexes) IndexesList() []collections.Index[uint64, types.Slash] {
	return []collections.Index[uint64, types.Slash]{s.Owner, s.Release}
}

// Params returns the current parameters.
func (k Keeper) Params(ctx context.Context) (types.Params, error) { return k.params.Get(ctx) }

// Get returns the worker of an owner, or ErrUnknownWorker.
func (k Keeper) Get(ctx context.Context, owner sdk.AccAddress) (types.Worker, error) {
	w, err := k.workers.Get(ctx, owner)
	if errors.Is(err, collections.ErrNotFound) {
		return w, errorsmod.Wrapf(types.ErrUnknownWorker, "owner %s: register it first", owner)
	}
	return w, err
}

// ByOperator returns the worker that an operator serves, or ErrUnknownWorker.
func (k Keeper) ByOperator(ctx context.Context, operator sdk.AccAddress) (types.Worker, error) {
	owner, err := k.workers.Indexes.Operator.MatchExact(ctx, operator)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Worker{}, errorsmod.Wrapf(types.ErrUnknownWorker, "operator %s: register a worker with it first", operator)
	}
	if err != nil {
		return types.Worker{}, err
	}
	return k.Get(ctx, owner)
}

func (k Keeper) address(text string) (sdk.AccAddress, error) {
	addr, err := k.accounts.AddressCodec().StringToBytes(text)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidAddress, "%q: %s", text, err)
	}
	return addr, nil
}

func (k Keeper) text(addr sdk.AccAddress) (string, error) {
	return k.accounts.AddressCodec().BytesToString(addr)
}
