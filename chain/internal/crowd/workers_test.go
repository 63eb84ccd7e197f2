package crowd_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"
	collcodec "cosmossdk.io/collections/codec"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// Bonds of the crowd in udmc: a lot is the default one, dust is what is left after part of it was withdrawn.
const (
	lot  = 1_000_000
	dust = lot - 1
)

// kinds of accounts.
const (
	owners byte = iota
	operators
	people
)

// account is the address of a number; all of one kind come in the order of their numbers.
func account(kind byte, n uint32) sdk.AccAddress {
	addr := make([]byte, workertypes.OwnerLength)
	addr[0] = kind
	binary.BigEndian.PutUint32(addr[1:], n)
	return addr
}

func terms() workertypes.Terms {
	return workertypes.Terms{
		EncryptionKey: bytes.Repeat([]byte{1}, workertypes.EncryptionKeyLength),
		Ask:           math.NewInt(ask), Rate: 1_000_000_000, Memory: 128 << 20,
	}
}

func worker(n uint32, bond int64) workertypes.Worker {
	return workertypes.Worker{
		Owner: text(account(owners, n)), Operator: text(account(operators, n)), Status: workertypes.WORKER_STATUS_ACTIVE,
		Bond: math.NewInt(bond), Locked: math.ZeroInt(), Reserved: math.ZeroInt(), Lots: uint64(bond / lot),
		Availability: workertypes.InitialAvailability,
	}.WithTerms(terms())
}

// equalBonds are those of a number of workers with one lot each.
func equalBonds(workers int) []int64 {
	bonds := make([]int64, workers)
	for i := range bonds {
		bonds[i] = lot
	}
	return bonds
}

// crowd is a chain with a worker for each bond that is not zero, named by its place in the list. Workers have a
// slot for each full lot, in their order, and owners of slots have coins as well.
func crowd(tb testing.TB, db dbm.DB, bonds []int64) *chain {
	tb.Helper()
	c := newChain(tb, db)
	require.NoError(tb, c.workers.InitGenesis(c.ctx, *workertypes.DefaultGenesis()))
	c.commit()
	var slots uint64
	total := math.ZeroInt()
	for n, bond := range bonds {
		if n%50_000 == 0 {
			c.stores.Commit()
		}
		if bond == 0 {
			continue
		}
		require.NoError(tb, c.write(worker(uint32(n), bond), uint32(n), slots))
		slots += uint64(bond / lot)
		total = total.AddRaw(bond)
	}
	tree := c.trees()
	bondAccount := authtypes.NewModuleAddress(workertypes.BondAccount)
	require.NoError(tb, c.registry.count.Set(tree, slots))
	require.NoError(tb, c.registry.owed.Set(tree, total))
	require.NoError(tb, c.bank.Balances.Set(tree, collections.Join(bondAccount, tasktypes.Denom), total))
	require.NoError(tb, c.bank.Supply.Set(tree, tasktypes.Denom, total.AddRaw(lot*int64(len(bonds)))))
	c.commit()
	return c
}

// trees is a context straight over the trees: a block would hold its changes in memory once more.
func (c *chain) trees() sdk.Context { return c.ctx.WithMultiStore(c.stores) }

// registry is where x/worker keeps its workers, to fill it faster than messages do.
type registry struct {
	workers   collections.Map[sdk.AccAddress, workertypes.Worker]
	operators collections.Map[sdk.AccAddress, sdk.AccAddress]
	slots     collections.Map[uint64, sdk.AccAddress]
	positions collections.KeySet[collections.Pair[sdk.AccAddress, uint64]]
	count     collections.Item[uint64]
	owed      collections.Item[math.Int]
}

func newRegistry(cdc codec.BinaryCodec, key *storetypes.KVStoreKey) registry {
	sb := collections.NewSchemaBuilder(runtime.NewKVStoreService(key))
	address := collcodec.KeyToValueCodec(sdk.AccAddressKey)
	return registry{
		workers:   collections.NewMap(sb, workertypes.WorkersPrefix, "workers", sdk.AccAddressKey, codec.CollValue[workertypes.Worker](cdc)),
		operators: collections.NewMap(sb, workertypes.WorkersByOperatorPrefix, "operators", sdk.AccAddressKey, address),
		slots:     collections.NewMap(sb, workertypes.SlotsPrefix, "slots", collections.Uint64Key, address),
		positions: collections.NewKeySet(sb, workertypes.PositionsPrefix, "positions",
			collections.PairKeyCodec(sdk.AccAddressKey, collections.Uint64Key)),
		count: collections.NewItem(sb, workertypes.SlotCountPrefix, "count", collections.Uint64Value),
		owed:  collections.NewItem(sb, workertypes.BondOwedPrefix, "owed", sdk.IntValue),
	}
}

// write stores a worker and gives it slots from a number on, and its owner coins where there are any.
func (c *chain) write(w workertypes.Worker, n uint32, slot uint64) error {
	tree, owner := c.trees(), account(owners, n)
	if err := c.registry.workers.Set(tree, owner, w); err != nil {
		return err
	}
	if err := c.registry.operators.Set(tree, account(operators, n), owner); err != nil {
		return err
	}
	if w.Lots == 0 {
		return nil
	}
	for ; w.Lots > 0; w.Lots, slot = w.Lots-1, slot+1 {
		if err := c.registry.slots.Set(tree, slot, owner); err != nil {
			return err
		}
		if err := c.registry.positions.Set(tree, collections.Join(owner, slot)); err != nil {
			return err
		}
	}
	return c.bank.Balances.Set(tree, collections.Join(owner, tasktypes.Denom), math.NewInt(lot))
}

// TestACrowdIsWhatTheModuleStores compares with the state after the module imported the same workers.
func TestACrowdIsWhatTheModuleStores(t *testing.T) {
	written := crowd(t, dbm.NewMemDB(), []int64{lot, 3*lot + 1, dust, lot})
	genesis, err := written.workers.ExportGenesis(written.ctx)
	require.NoError(t, err)
	imported := newChain(t, dbm.NewMemDB())
	bonds := udmc(math.NewInt(7 * lot))
	require.NoError(t, imported.bank.MintCoins(imported.ctx, minttypes.ModuleName, bonds))
	require.NoError(t, imported.bank.SendCoinsFromModuleToModule(imported.ctx, minttypes.ModuleName, workertypes.BondAccount, bonds))
	require.NoError(t, imported.workers.InitGenesis(imported.ctx, *genesis))
	require.Equal(t, imported.pairs(), written.pairs())
	require.NoError(t, written.workers.CheckInvariants(written.ctx))
}

// pairs are all keys and values of x/worker.
func (c *chain) pairs() map[string]string {
	pairs := map[string]string{}
	iterator := c.ctx.KVStore(c.key).Iterator(nil, nil)
	defer func() { require.NoError(c, iterator.Close()) }()
	for ; iterator.Valid(); iterator.Next() {
		pairs[string(iterator.Key())] = string(iterator.Value())
	}
	return pairs
}
