package keeper_test

import (
	"bytes"
	"compress/gzip"
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

	"github.com/dmcn/dmcn/chain/protocol"
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
	fails error
}

func (b *beacon) SeedAt(ctx context.Context) ([]byte, bool, error) {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	seed := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("seed"), uint64(height)))
	return seed[:], !b.dead[height], b.fails
}

func (b *beacon) LiveCount(context.Context) (uint64, error) { return b.count, nil }

// validators is a set of bonded validators of some size.
type validators int

func (v validators) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	return make([]stakingtypes.Validator, v), nil
}

// workers lets a test break one call of the real registry.
type workers struct {
	workerkeeper.Keeper
	breakLapse func(owner sdk.AccAddress) error
}

func (w *workers) Lapse(ctx context.Context, owner sdk.AccAddress, amount math.Int, ref workertypes.BatchRef) error {
	if err := w.Keeper.Lapse(ctx, owner, amount, ref); err != nil {
		return err
	}
	if w.breakLapse != nil {
		return w.breakLapse(owner)
	}
	return nil
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
	beacon   *beacon
	supply   sdk.Coin
	keys     map[string]*storetypes.KVStoreKey
	accounts authkeeper.AccountKeeper
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
		beacon: &beacon{dead: map[int64]bool{}}, keys: keys, accounts: accounts,
	}
	f.keeper = keeper.NewKeeper(
		cdc, runtime.NewKVStoreService(store(types.StoreKey)), accounts, coins, pool, validators(4), registry, f.beacon, authority,
	)
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
	require.NoError(f, f.keeper.CheckInvariants(f.ctx))
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
	require.NoError(f, f.keeper.EndBlock(f.ctx))
	f.check()
	f.ctx = f.ctx.WithBlockHeight(f.ctx.BlockHeight() + 1)
	if !f.beacon.dead[f.ctx.BlockHeight()] {
		f.beacon.count++
	}
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

func gzipped(raw []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(raw)
	_ = w.Close()
	return b.Bytes()
}

func wasm(body string) []byte { return append([]byte{0, 'a', 's', 'm', 1, 0, 0, 0}, body...) }

// module stores a module of an author with a royalty and returns its id.
func (f *fixture) module(royaltyBps uint32) []byte {
	f.Helper()
	msg := &types.MsgStoreModule{
		Author: f.named("author"), Code: gzipped(wasm(string(rune('a' + royaltyBps%26)))), RoyaltyBps: royaltyBps, Name: "test",
	}
	return must(f, f.msgs.StoreModule, msg).ModuleId
}

// spec is a job of 10 units in batches of 4, so that the last of three is shorter.
func (f *fixture) spec(module []byte) types.JobSpec {
	return types.JobSpec{
		ModuleId: module, Units: 10, BatchSize: 4, GasLimit: gas, MemoryLimit: 64 << 20, MaxPrice: math.NewInt(price),
		InputRoot: make([]byte, 32), InputIndex: make([]byte, 32), EncryptionKey: make([]byte, 32),
		Assurance: types.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 1},
		Mode:      types.MODE_PUBLIC, Locators: []string{"http://blobs:4001"}, Deadline: f.ctx.BlockHeight() + lifetime,
	}
}

func (f *fixture) escrow(spec types.JobSpec) math.Int {
	return must(f, f.queries.Escrow, &types.QueryEscrowRequest{Spec: spec}).Escrow
}

func (f *fixture) submit(spec types.JobSpec) types.Job {
	f.Helper()
	msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: f.escrow(spec)}
	return f.job(must(f, f.msgs.SubmitJob, msg).JobId)
}

// worker registers a worker with operator "<name>-op" and a bond of 10 lots.
func (f *fixture) worker(name string, ask int64) {
	f.Helper()
	f.fund(name, funds)
	key := sha256.Sum256([]byte(name))
	terms := workertypes.Terms{
		EncryptionKey: key[:], Ask: math.NewInt(ask), Rate: 10_000_000, Memory: 512 << 20, Features: []string{"big"},
	}
	require.NoError(f, f.workers.Register(f.ctx, f.addr(name), f.addr(name+"-op"), terms, math.NewInt(bond)))
	f.check()
}

func (f *fixture) registered(name string) workertypes.Worker {
	w, err := f.workers.Get(f.ctx, f.addr(name))
	require.NoError(f, err)
	return w
}

func (f *fixture) job(id uint64) types.Job {
	f.Helper()
	job, err := f.keeper.Job(f.ctx, id)
	require.NoError(f, err)
	return job
}

func (f *fixture) batch(job uint64, index uint32) types.Batch {
	f.Helper()
	_, batch, err := f.keeper.Batch(f.ctx, job, index)
	require.NoError(f, err)
	return batch
}

// operator of the worker that holds a batch.
func (f *fixture) operator(b types.Batch) string {
	f.Helper()
	owner, err := f.text.StringToBytes(b.Lease.Worker)
	require.NoError(f, err)
	w, err := f.workers.Get(f.ctx, owner)
	require.NoError(f, err)
	return w.Operator
}

func (f *fixture) accept(b types.Batch) {
	f.Helper()
	must(f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{
		Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
	})
}

// work is what the holder of a batch computed: each unit's output is its number, its gas 1000 more than that.
type work struct {
	key    protocol.Key
	leaves []types.Leaf
	gas    uint64
}

func output(unit uint32) []byte { return binary.BigEndian.AppendUint32(nil, unit) }

func (f *fixture) compute(b types.Batch) work {
	first := b.Index * f.job(b.JobId).Spec.BatchSize
	w := work{key: protocol.Key{byte(b.Index), byte(b.Epoch)}}
	for unit := first; unit < first+b.Units; unit++ {
		hash := sha256.Sum256(output(unit))
		w.leaves = append(w.leaves, types.Leaf{Unit: unit, Gas: uint64(1_000 + unit), OutputHash: hash[:]})
		w.gas += uint64(1_000 + unit)
	}
	return w
}

func (w work) protocolLeaves(f *fixture) []protocol.Leaf {
	leaves := make([]protocol.Leaf, len(w.leaves))
	for i, l := range w.leaves {
		leaf, err := l.Protocol()
		require.NoError(f, err)
		leaves[i] = leaf
	}
	return leaves
}

func (f *fixture) commitMsg(b types.Batch, w work) *types.MsgCommit {
	f.Helper()
	owner, err := f.text.StringToBytes(b.Lease.Worker)
	require.NoError(f, err)
	account, err := protocol.AccountFromBytes(owner)
	require.NoError(f, err)
	root := protocol.BatchRoot(b.JobId, w.leaves[0].Unit, w.protocolLeaves(f))
	lease := protocol.LeaseID{Worker: account, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	commitment := protocol.Commitment(lease, w.key, root, w.gas)
	wrapped := make([]byte, protocol.WrappedKeyLength)
	return &types.MsgCommit{
		Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Commitment: commitment[:],
		SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: make([]byte, 32),
		WrappedKeys: []types.WrappedKey{
			{Kind: types.KeyKindOutputs, Recipient: f.job(b.JobId).Requester, Data: wrapped},
			{Kind: types.KeyKindLeaves, Recipient: b.Lease.Worker, Data: wrapped},
		},
		Locators: []string{"http://blobs:4001"},
	}
}

func (f *fixture) openMsg(b types.Batch, w work) *types.MsgOpen {
	return &types.MsgOpen{
		Opener: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: w.key[:], GasTotal: w.gas, Leaves: w.leaves,
	}
}

// commit commits what the holder computed.
func (f *fixture) commit(b types.Batch) {
	f.Helper()
	must(f, f.msgs.Commit, f.commitMsg(b, f.compute(b)))
}

// open opens a batch; anyone may.
func (f *fixture) open(b types.Batch) {
	f.Helper()
	must(f, f.msgs.Open, f.openMsg(b, f.compute(b)))
}

func (f *fixture) acceptBatch(b types.Batch) {
	f.Helper()
	must(f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{
		Requester: f.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
	})
}

// offered submits a job after registering one worker, and returns the job's first batch as it is offered.
func (f *fixture) offered() types.Batch {
	f.Helper()
	f.worker("wendy", 500_000)
	job := f.submit(f.spec(f.module(1_000)))
	f.endBlock()
	b := f.batch(job.Id, 0)
	require.Equal(f, types.BATCH_STATE_OFFERED, b.State)
	return b
}

// inState brings the first batch of a job to a state along the straight line.
func (f *fixture) inState(state types.BatchState) types.Batch {
	f.Helper()
	b := f.offered()
	if state >= types.BATCH_STATE_LEASED {
		f.accept(b)
	}
	if state >= types.BATCH_STATE_COMMITTED {
		f.commit(b)
	}
	if state >= types.BATCH_STATE_OPENING {
		f.runTo(f.batch(b.JobId, b.Index).Deadline + 1)
	}
	if state >= types.BATCH_STATE_CHALLENGE {
		f.open(b)
	}
	b = f.batch(b.JobId, b.Index)
	require.Equal(f, state, b.State)
	return b
}
