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

	"github.com/dmcn/dmcn/chain/x/audit/keeper"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	taskkeeper "github.com/dmcn/dmcn/chain/x/task/keeper"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	funds = 1_000_000_000
	gas   = 1_000_000
	price = 1_000_000
	bond  = 100_000_000 // of a worker, ten lots
	floor = 500
)

// beacon is a seed for each height, dead where a test says so.
type beacon struct {
	dead   map[int64]bool
	counts map[int64]uint64
	height int64
}

func (b *beacon) SeedOf(_ context.Context, height int64) ([]byte, bool, uint64, error) {
	seed := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("seed"), uint64(height)))
	return seed[:], !b.dead[height], b.counts[height], nil
}

func (b *beacon) SeedAt(ctx context.Context) ([]byte, bool, error) {
	seed, live, _, err := b.SeedOf(ctx, b.height)
	return seed, live, err
}

func (b *beacon) LiveCount(context.Context) (uint64, error) { return b.counts[b.height], nil }

func (b *beacon) next() {
	count := b.counts[b.height]
	if b.height++; !b.dead[b.height] {
		count++
	}
	b.counts[b.height] = count
}

// fixture is x/audit over real jobs, workers, accounts and coins, in memory. Every batch is audited unless a test turns
// the coin off. After each message and each block it checks the invariants of all three modules, and that no coin
// appeared or vanished.
type fixture struct {
	*testing.T
	ctx      sdk.Context
	text     address.Bech32Codec
	keeper   keeper.Keeper
	msgs     types.MsgServer
	queries  types.QueryServer
	tasks    taskkeeper.Keeper
	jobs     tasktypes.MsgServer
	workers  workerkeeper.Keeper
	bank     bankkeeper.BaseKeeper
	accounts authkeeper.AccountKeeper
	beacon   *beacon
	staking  *staking
	supply   sdk.Coin
	// short is a module account that was robbed.
	short string
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	keys := storetypes.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, distrtypes.StoreKey, workertypes.StoreKey, tasktypes.StoreKey, types.StoreKey,
	)
	cdc := moduletestutil.MakeTestEncodingConfig(auth.AppModuleBasic{}, bank.AppModuleBasic{}).Codec
	codecOf := address.Bech32Codec{Bech32Prefix: "dmcn"}
	permissions := map[string][]string{
		minttypes.ModuleName: {authtypes.Minter}, distrtypes.ModuleName: nil, workertypes.BondAccount: nil,
		workertypes.HoldAccount: {authtypes.Burner}, tasktypes.EscrowAccount: nil, tasktypes.DepositAccount: nil,
		types.DepositAccount: nil,
	}
	authority, err := codecOf.BytesToString(authtypes.NewModuleAddress(govtypes.ModuleName))
	require.NoError(t, err)
	accounts := authkeeper.NewAccountKeeper(
		cdc, runtime.NewKVStoreService(keys[authtypes.StoreKey]), authtypes.ProtoBaseAccount, permissions, codecOf, "dmcn", authority,
	)
	coins := bankkeeper.NewBaseKeeper(
		cdc, runtime.NewKVStoreService(keys[banktypes.StoreKey]), accounts, nil, authority, log.NewNopLogger(),
	)
	pool := distrkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(keys[distrtypes.StoreKey]), accounts, coins, nil, authtypes.FeeCollectorName, authority,
	)
	f := &fixture{
		T: t, text: codecOf, bank: coins, accounts: accounts,
		beacon: &beacon{dead: map[int64]bool{}, counts: map[int64]uint64{}}, staking: newStaking(25, 25, 25, 25),
	}
	f.workers = workerkeeper.NewKeeper(cdc, runtime.NewKVStoreService(keys[workertypes.StoreKey]), accounts, coins, authority)
	f.tasks = taskkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(keys[tasktypes.StoreKey]), accounts, coins, pool, f.staking, f.workers, f.beacon, authority,
	)
	f.keeper = keeper.NewKeeper(
		cdc, runtime.NewKVStoreService(keys[types.StoreKey]), accounts, coins, f.staking, f.staking, f.beacon, f.workers, f.tasks,
		authority,
	)
	f.tasks.SetAuditHooks(f.keeper.Hooks())
	f.msgs, f.queries = keeper.NewMsgServer(f.keeper), keeper.NewQueryServer(f.keeper)
	f.jobs = taskkeeper.NewMsgServer(f.tasks)
	f.beacon.next()
	f.ctx = testutil.DefaultContextWithKeys(keys, nil, nil).WithBlockHeight(1)
	require.NoError(t, accounts.Params.Set(f.ctx, authtypes.DefaultParams()))
	require.NoError(t, pool.FeePool.Set(f.ctx, distrtypes.InitialFeePool()))
	workerParams := workertypes.DevnetParams()
	workerParams.Lot = math.NewInt(bond / 10)
	require.NoError(t, f.workers.InitGenesis(f.ctx, workertypes.GenesisState{Params: workerParams}))
	params, err := tasktypes.DevnetParams().WithCoins()
	require.NoError(t, err)
	params.VerdictBlocks = 30
	require.NoError(t, f.tasks.InitGenesis(f.ctx, *tasktypes.NewGenesis(params)))
	require.NoError(t, f.keeper.InitGenesis(f.ctx, *types.NewGenesis(types.DevnetParams())))
	for _, name := range []string{"alice", "author", "bob"} {
		f.fund(name)
	}
	return f
}

func (f *fixture) addr(name string) sdk.AccAddress {
	hash := sha256.Sum256([]byte(name))
	return hash[:20]
}

func (f *fixture) named(name string) string {
	s, err := f.text.BytesToString(f.addr(name))
	require.NoError(f, err)
	return s
}

func (f *fixture) fund(name string) { f.give(f.addr(name), math.NewInt(funds)) }

func (f *fixture) give(addr sdk.AccAddress, amount math.Int) {
	coins := sdk.NewCoins(sdk.NewCoin(types.Denom, amount))
	require.NoError(f, f.bank.MintCoins(f.ctx, minttypes.ModuleName, coins))
	require.NoError(f, f.bank.SendCoins(f.ctx, f.accounts.GetModuleAddress(minttypes.ModuleName), addr, coins))
	f.supply = f.bank.GetSupply(f.ctx, types.Denom)
}

func (f *fixture) balance(addr string) int64 {
	account, err := f.text.StringToBytes(addr)
	require.NoError(f, err)
	return f.bank.GetBalance(f.ctx, account, types.Denom).Amount.Int64()
}

// check is called after every message and block.
func (f *fixture) check() {
	f.Helper()
	if f.short == "" {
		require.NoError(f, f.tasks.CheckInvariants(f.ctx))
		require.NoError(f, f.workers.CheckInvariants(f.ctx))
	}
	if f.short != types.DepositAccount {
		require.NoError(f, f.keeper.CheckInvariants(f.ctx))
	}
	require.True(f, f.bank.GetSupply(f.ctx, types.Denom).IsLTE(f.supply))
}

// send runs a message as a transaction does: nothing of one that fails is kept.
func send[Req, Resp any](f *fixture, handle func(context.Context, Req) (Resp, error), msg Req) (Resp, error) {
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
func must[Req, Resp any](f *fixture, handle func(context.Context, Req) (Resp, error), msg Req) Resp {
	f.Helper()
	resp, err := send(f, handle, msg)
	require.NoError(f, err)
	return resp
}

// refused sends a message and expects an error.
func refused[Req, Resp any](f *fixture, handle func(context.Context, Req) (Resp, error), msg Req, want error) {
	f.Helper()
	_, err := send(f, handle, msg)
	require.ErrorIs(f, err, want)
}

// endBlock ends the current block and begins the next.
func (f *fixture) endBlock() {
	f.Helper()
	require.NoError(f, f.workers.EndBlock(f.ctx))
	require.NoError(f, f.tasks.EndBlock(f.ctx))
	require.NoError(f, f.keeper.EndBlock(f.ctx))
	f.check()
	require.Empty(f, events[*types.EventItemFailed](f))
	require.Empty(f, events[*tasktypes.EventItemFailed](f))
	f.beacon.next()
	f.ctx = f.ctx.WithBlockHeight(f.beacon.height)
}

// runTo ends blocks until the current one has the given height.
func (f *fixture) runTo(height int64) {
	f.Helper()
	for f.ctx.BlockHeight() < height {
		f.endBlock()
	}
}

// params changes some of the parameters of x/task.
func (f *fixture) params(change func(*tasktypes.Params)) {
	f.Helper()
	p, err := f.tasks.Params(f.ctx)
	require.NoError(f, err)
	change(&p)
	must(f, f.jobs.UpdateParams, &tasktypes.MsgUpdateParams{Authority: f.tasks.Authority(), Params: p})
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
