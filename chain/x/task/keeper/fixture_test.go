package keeper_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	moduletestutil "github.com/cosmos/cosmos-sdk/types/module/testutil"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/x/task/keeper"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	funds    = 1_000_000_000
	gas      = 1_000_000
	price    = 1_000_000
	bond     = 100_000_000 // of a worker, ten lots
	lifetime = 20          // blocks, the deadline of a job in most tests
)

// beacon is a seed for each height, dead where a test says so.
type beacon struct {
	dead  map[int64]bool
	count uint64
	// counts are those of past heights.
	counts map[int64]uint64
	fails  error
}

func (b *beacon) SeedAt(ctx context.Context) ([]byte, bool, error) {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	seed := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("seed"), uint64(height)))
	return seed[:], !b.dead[height], b.fails
}

func (b *beacon) SeedOf(ctx context.Context, height int64) ([]byte, bool, uint64, error) {
	seed, live, err := b.SeedAt(sdk.UnwrapSDKContext(ctx).WithBlockHeight(height))
	count, known := b.counts[height]
	return seed, live && known, count, err
}

func (b *beacon) LiveCount(context.Context) (uint64, error) { return b.count, nil }

// validators is a set of bonded validators of some size.
type validators int

func (v validators) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	return make([]stakingtypes.Validator, v), nil
}

// fixture is x/task over real accounts, coins, community pool and worker registry, in memory. After each message and
// each block it checks the invariants of both modules, and that no coin appeared or vanished.
type fixture struct {
	*testing.T
	ctx      sdk.Context
	codec    codec.Codec
	text     address.Bech32Codec
	keeper   keeper.Keeper
	msgs     types.MsgServer
	queries  types.QueryServer
	bank     bankkeeper.BaseKeeper
	pool     distrkeeper.Keeper
	workers  *workers
	referees referees
	beacon   *beacon
	supply   sdk.Coin
	keys     map[string]*storetypes.KVStoreKey
	accounts authkeeper.AccountKeeper
	// broken tells that a test broke an invariant on purpose.
	broken bool
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	keys := storetypes.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, distrtypes.StoreKey, workertypes.StoreKey, types.StoreKey,
	)
	cdc := moduletestutil.MakeTestEncodingConfig(auth.AppModuleBasic{}, bank.AppModuleBasic{}).Codec
	codecOf := address.Bech32Codec{Bech32Prefix: "dmcn"}
	permissions := map[string][]string{
		minttypes.ModuleName: {authtypes.Minter}, distrtypes.ModuleName: nil, workertypes.BondAccount: nil,
		workertypes.HoldAccount: {authtypes.Burner},
	}
	for account, p := range types.AccountPermissions() {
		permissions[account] = p
	}
	text := func(addr sdk.AccAddress) string {
		s, err := codecOf.BytesToString(addr)
		require.NoError(t, err)
		return s
	}
	store := func(key string) *storetypes.KVStoreKey { return keys[key] }
	authority := text(authtypes.NewModuleAddress(govtypes.ModuleName))
	accounts := authkeeper.NewAccountKeeper(
		cdc, runtime.NewKVStoreService(store(authtypes.StoreKey)), authtypes.ProtoBaseAccount, permissions, codecOf,
		"dmcn", authority,
	)
	coins := bankkeeper.NewBaseKeeper(
		cdc, runtime.NewKVStoreService(store(banktypes.StoreKey)), accounts, nil, authority, log.NewNopLogger(),
	)
	pool := distrkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(store(distrtypes.StoreKey)), accounts, coins, nil, authtypes.FeeCollectorName, authority,
	)
	registry := &workers{Keeper: workerkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(store(workertypes.StoreKey)), accounts, coins, authority,
	)}
	f := &fixture{
		T: t, codec: cdc, text: codecOf, bank: coins, pool: pool, workers: registry,
		beacon: &beacon{dead: map[int64]bool{}, counts: map[int64]uint64{}}, keys: keys, accounts: accounts,
	}
	f.keeper = keeper.NewKeeper(
		cdc, runtime.NewKVStoreService(store(types.StoreKey)), accounts, coins, pool, validators(4), registry, f.beacon, authority,
	)
	f.keeper.SetAuditHooks(&f.referees)
	f.msgs, f.queries = keeper.NewMsgServer(f.keeper), keeper.NewQueryServer(f.keeper)
	f.ctx = testutil.DefaultContextWithKeys(keys, nil, nil).WithBlockHeight(1)
	require.NoError(t, accounts.Params.Set(f.ctx, authtypes.DefaultParams()))
	require.NoError(t, pool.FeePool.Set(f.ctx, distrtypes.InitialFeePool()))
	workerParams := workertypes.DevnetParams()
	workerParams.Lot = math.NewInt(bond / 10)
	require.NoError(t, registry.InitGenesis(f.ctx, workertypes.GenesisState{Params: workerParams}))
	require.NoError(t, f.keeper.InitGenesis(f.ctx, *types.NewGenesis(types.DevnetParams())))
	for _, name := range []string{"alice", "bob", "author"} {
		f.fund(name, funds)
	}
	return f
}

// referees are whom x/audit would name. Nothing else is asked of it where nothing is audited.
type referees struct {
	types.AuditHooks
	accounts []string
}

func (r *referees) Openers(context.Context) ([]string, error) { return r.accounts, nil }

func (f *fixture) addr(name string) sdk.AccAddress {
	hash := sha256.Sum256([]byte(name))
	return hash[:20]
}

func (f *fixture) named(name string) string {
	s, err := f.text.BytesToString(f.addr(name))
	require.NoError(f, err)
	return s
}

func (f *fixture) fund(name string, amount int64) {
	coins := sdk.NewCoins(sdk.NewInt64Coin(types.Denom, amount))
	require.NoError(f, f.bank.MintCoins(f.ctx, minttypes.ModuleName, coins))
	require.NoError(f, f.bank.SendCoinsFromModuleToAccount(f.ctx, minttypes.ModuleName, f.addr(name), coins))
	f.supply = f.bank.GetSupply(f.ctx, types.Denom)
}

func (f *fixture) balance(name string) int64 {
	return f.bank.GetBalance(f.ctx, f.addr(name), types.Denom).Amount.Int64()
}

func (f *fixture) held(account string) int64 {
	return f.bank.GetBalance(f.ctx, f.accounts.GetModuleAddress(account), types.Denom).Amount.Int64()
}

func (f *fixture) community() int64 {
	pool, err := f.pool.FeePool.Get(f.ctx)
	require.NoError(f, err)
	return pool.CommunityPool.AmountOf(types.Denom).TruncateInt64()
}

// check is called after every message and block.
func (f *fixture) check() {
	f.Helper()
	if err := f.keeper.CheckInvariants(f.ctx); !f.broken {
		require.NoError(f, err)
	}
	require.NoError(f, f.workers.CheckInvariants(f.ctx))
	require.Equal(f, f.supply, f.bank.GetSupply(f.ctx, types.Denom))
}

// handler is a method of the message or query server.
type handler[Req, Resp any] = func(context.Context, Req) (Resp, error)

// send runs a message as a transaction does: nothing of one that fails is kept.
func send[Req, Resp any](f *fixture, handle handler[Req, Resp], msg Req) (Resp, error) {
	f.Helper()
	cached, write := f.ctx.CacheContext()
	resp, err := handle(cached, msg)
	if err == nil {
		write()
	}
	f.check()
	return resp, err
}

// must is send for messages that have to succeed.
func must[Req, Resp any](f *fixture, handle handler[Req, Resp], msg Req) Resp {
	f.Helper()
	resp, err := send(f, handle, msg)
	require.NoError(f, err)
	return resp
}

// endBlock ends the current block and begins the next.
func (f *fixture) endBlock() {
	f.Helper()
	require.NoError(f, f.workers.EndBlock(f.ctx))
	f.workers.ending = true
	require.NoError(f, f.keeper.EndBlock(f.ctx))
	f.workers.ending = false
	f.check()
	f.ctx = f.ctx.WithBlockHeight(f.ctx.BlockHeight() + 1)
	if !f.beacon.dead[f.ctx.BlockHeight()] {
		f.beacon.count++
	}
	f.beacon.counts[f.ctx.BlockHeight()] = f.beacon.count
}

// store writes a job past the keeper.
func (f *fixture) store(job types.Job) {
	key := binary.BigEndian.AppendUint64(types.JobsPrefix.Bytes(), job.Id)
	f.ctx.KVStore(f.keys[types.StoreKey]).Set(key, f.codec.MustMarshal(&job))
}

// params changes some of the parameters.
func (f *fixture) params(change func(*types.Params)) {
	f.Helper()
	p, err := f.keeper.Params(f.ctx)
	require.NoError(f, err)
	change(&p)
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p})
}

// runTo ends blocks until the current one has the given height.
func (f *fixture) runTo(height int64) {
	f.Helper()
	for f.ctx.BlockHeight() < height {
		f.endBlock()
	}
}

// leap goes on in strides of many heights, for tests that only wait.
func (f *fixture) leap(blocks int64) {
	f.Helper()
	const stride = 20
	for end := f.ctx.BlockHeight() + blocks; f.ctx.BlockHeight() < end; {
		f.endBlock()
		f.ctx = f.ctx.WithBlockHeight(f.ctx.BlockHeight() + stride - 1)
	}
}

// events of one type since the last call of forget.
func events[E proto.Message](f *fixture) []E {
	var found []E
	for _, e := range f.ctx.EventManager().ABCIEvents() {
		typed, err := sdk.ParseTypedEvent(e)
		if err != nil {
			continue
		}
		if e, ok := typed.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

func (f *fixture) forget() { f.ctx = f.ctx.WithEventManager(sdk.NewEventManager()) }
