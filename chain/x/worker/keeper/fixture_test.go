package keeper_test

import (
	"context"
	"encoding/binary"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	moduletestutil "github.com/cosmos/cosmos-sdk/types/module/testutil"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/x/worker"
	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	minter = "minter"
	lot    = 1_000
	purse  = 10_000_000
)

var (
	bech32    = address.NewBech32Codec("dmcn")
	authority = bech32Text(authtypes.NewModuleAddress("gov"))
)

func bech32Text(addr sdk.AccAddress) string {
	text, err := bech32.BytesToString(addr)
	if err != nil {
		panic(err)
	}
	return text
}

// fixture is the module over real accounts and balances; a lot is 1,000 udmc.
type fixture struct {
	testing.TB
	keeper.Keeper
	bank bankkeeper.BaseKeeper
	cdc  codec.Codec
	ctx  sdk.Context
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := newEmptyFixture(t)
	state := types.DefaultGenesis()
	state.Params.Lot = math.NewInt(lot)
	require.NoError(t, f.InitGenesis(f.ctx, *state))
	return f
}

// newEmptyFixture has no genesis yet.
func newEmptyFixture(t testing.TB) *fixture {
	t.Helper()
	keys := storetypes.NewKVStoreKeys(authtypes.StoreKey, banktypes.StoreKey, types.StoreKey)
	cdc := moduletestutil.MakeTestEncodingConfig(auth.AppModuleBasic{}, bank.AppModuleBasic{}, worker.AppModuleBasic{}).Codec
	accounts := authkeeper.NewAccountKeeper(cdc, runtime.NewKVStoreService(keys[authtypes.StoreKey]), authtypes.ProtoBaseAccount,
		map[string][]string{types.BondAccount: nil, types.HoldAccount: {authtypes.Burner}, minter: {authtypes.Minter}}, bech32, "dmcn", authority)
	bank := bankkeeper.NewBaseKeeper(cdc, runtime.NewKVStoreService(keys[banktypes.StoreKey]), accounts, nil, authority, log.NewNopLogger())
	f := &fixture{
		TB: t, bank: bank, cdc: cdc,
		Keeper: keeper.NewKeeper(cdc, runtime.NewKVStoreService(keys[types.StoreKey]), accounts, bank, authority),
		ctx:    newContext(t, keys),
	}
	f.at(1)
	return f
}

func newContext(t testing.TB, keys map[string]*storetypes.KVStoreKey) sdk.Context {
	t.Helper()
	stores := store.NewCommitMultiStore(dbm.NewMemDB(), log.NewNopLogger())
	for _, key := range keys {
		stores.MountStoreWithDB(key, storetypes.StoreTypeIAVL, nil)
	}
	require.NoError(t, stores.LoadLatestVersion())
	return sdk.NewContext(stores, cmtproto.Header{}, false, log.NewNopLogger())
}

// at goes to a height and forgets the events so far.
func (f *fixture) at(height int64) {
	f.ctx = f.ctx.WithBlockHeader(cmtproto.Header{Height: height}).WithEventManager(sdk.NewEventManager())
}

// account is the address of a number, without coins.
func account(n int) sdk.AccAddress {
	return binary.BigEndian.AppendUint32(make([]byte, types.OwnerLength-4), uint32(n))
}

// rich is an account with a full purse.
func (f *fixture) rich(n int) sdk.AccAddress {
	f.Helper()
	f.mint(account(n), purse)
	return account(n)
}

func (f *fixture) mint(to sdk.AccAddress, amount int64) {
	f.Helper()
	coins := sdk.NewCoins(sdk.NewInt64Coin(types.BondDenom, amount))
	require.NoError(f, f.bank.MintCoins(f.ctx, minter, coins))
	require.NoError(f, f.bank.SendCoinsFromModuleToAccount(f.ctx, minter, to, coins))
}

// worker registers a worker of account n with an operator of its own.
func (f *fixture) worker(n int, bond int64) sdk.AccAddress {
	f.Helper()
	owner := f.rich(n)
	require.NoError(f, f.Register(f.ctx, owner, account(n+1<<20), newTerms(), math.NewInt(bond)))
	return owner
}

// leased is a worker with a lease that locks the amount.
func (f *fixture) leased(owner sdk.AccAddress, amount int64) {
	f.Helper()
	require.NoError(f, f.Reserve(f.ctx, owner, math.NewInt(amount)))
	require.NoError(f, f.Lock(f.ctx, owner, math.NewInt(amount)))
}

// lapse makes a worker lease and let it run out.
func (f *fixture) lapse(owner sdk.AccAddress, amount int64) {
	f.Helper()
	f.leased(owner, amount)
	require.NoError(f, f.EndLease(f.ctx, owner))
	require.NoError(f, f.Lapse(f.ctx, owner, math.NewInt(amount), types.BatchRef{JobID: 7, Batch: 1}))
}

func (f *fixture) count(of func(context.Context) (int, error)) int {
	f.Helper()
	n, err := of(f.ctx)
	require.NoError(f, err)
	return n
}

func (f *fixture) get(owner sdk.AccAddress) types.Worker {
	f.Helper()
	w, err := f.Get(f.ctx, owner)
	require.NoError(f, err)
	return w
}

func (f *fixture) balance(addr sdk.AccAddress) int64 {
	return f.bank.GetBalance(f.ctx, addr, types.BondDenom).Amount.Int64()
}

func (f *fixture) bonded() int64 { return f.balance(authtypes.NewModuleAddress(types.BondAccount)) }

// slotOwners are the owners in the order of the slots.
func (f *fixture) slotOwners() []string {
	f.Helper()
	length, err := f.Slots(f.ctx)
	require.NoError(f, err)
	owners := make([]string, length)
	for slot := range length {
		owner, err := f.OwnerAt(f.ctx, slot)
		require.NoError(f, err)
		owners[slot] = string(owner)
	}
	return owners
}

// events are those of the module since the height began, banks' left out.
func (f *fixture) events() []proto.Message {
	f.Helper()
	var typed []proto.Message
	for _, event := range f.ctx.EventManager().ABCIEvents() {
		if message, err := sdk.ParseTypedEvent(event); err == nil {
			typed = append(typed, message)
		}
	}
	return typed
}

func newTerms() types.Terms {
	key := make([]byte, types.EncryptionKeyLength)
	key[0] = 9
	return types.Terms{
		EncryptionKey: key, Ask: math.NewInt(1_000), Rate: 1_000_000_000, Memory: 64 << 20, Features: []string{"wasi"},
		Modules: [][]byte{make([]byte, types.ModuleIDLength), key}, MaxGasLimit: 5_000_000_000,
	}
}

// commit writes what happened so far to the tree, so that benchmarks read from it.
func (f *fixture) commit() {
	f.ctx.MultiStore().(storetypes.CommitMultiStore).Commit()
}
