package crowd_test

import (
	"context"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
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
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/protocol"
	taskkeeper "github.com/dmcn/dmcn/chain/x/task/keeper"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

var bech32 = address.NewBech32Codec("dmcn")

// beacon has the seed that a test chose; every height is live.
type beacon struct {
	seed  protocol.Hash
	count uint64
}

func (b *beacon) SeedAt(context.Context) ([]byte, bool, error) { return b.seed[:], true, nil }

func (b *beacon) SeedOf(context.Context, int64) ([]byte, bool, uint64, error) {
	return b.seed[:], true, b.count, nil
}

func (b *beacon) LiveCount(context.Context) (uint64, error) { return b.count, nil }

// noReferees names none; nothing else is asked of it where nothing is audited.
type noReferees struct{ tasktypes.AuditHooks }

func (noReferees) Openers(context.Context) ([]string, error) { return nil, nil }

type noValidators struct{}

func (noValidators) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	return nil, nil
}

// chain is x/task and x/worker over real accounts, coins and community pool. Their trees lie in a database, with the
// caches that a node has.
type chain struct {
	testing.TB
	stores  storetypes.CommitMultiStore
	ctx     sdk.Context
	bank    bankkeeper.BaseKeeper
	pool    distrkeeper.Keeper
	workers workerkeeper.Keeper
	tasks   taskkeeper.Keeper
	msgs    tasktypes.MsgServer
	beacon  *beacon
	// registry and key are the store of x/worker.
	registry registry
	key      storetypes.StoreKey
}

// newChain opens the chain that a database holds, empty or not.
func newChain(tb testing.TB, db dbm.DB) *chain {
	tb.Helper()
	keys := storetypes.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, distrtypes.StoreKey, workertypes.StoreKey, tasktypes.StoreKey,
	)
	cdc := moduletestutil.MakeTestEncodingConfig(auth.AppModuleBasic{}, bank.AppModuleBasic{}).Codec
	permissions := map[string][]string{
		minttypes.ModuleName: {authtypes.Minter}, distrtypes.ModuleName: nil, workertypes.BondAccount: nil,
		workertypes.HoldAccount: {authtypes.Burner},
	}
	for account, p := range tasktypes.AccountPermissions() {
		permissions[account] = p
	}
	authority := text(authtypes.NewModuleAddress(govtypes.ModuleName))
	accounts := authkeeper.NewAccountKeeper(
		cdc, runtime.NewKVStoreService(keys[authtypes.StoreKey]), authtypes.ProtoBaseAccount, permissions, bech32, "dmcn", authority,
	)
	coins := bankkeeper.NewBaseKeeper(
		cdc, runtime.NewKVStoreService(keys[banktypes.StoreKey]), accounts, nil, authority, log.NewNopLogger(),
	)
	c := &chain{TB: tb, bank: coins, beacon: &beacon{}, key: keys[workertypes.StoreKey], registry: newRegistry(cdc, keys[workertypes.StoreKey])}
	c.pool = distrkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(keys[distrtypes.StoreKey]), accounts, coins, nil, authtypes.FeeCollectorName, authority,
	)
	c.workers = workerkeeper.NewKeeper(cdc, runtime.NewKVStoreService(keys[workertypes.StoreKey]), accounts, coins, authority)
	c.tasks = taskkeeper.NewKeeper(
		cdc, runtime.NewKVStoreService(keys[tasktypes.StoreKey]), accounts, coins, c.pool, noValidators{}, c.workers, c.beacon, authority,
	)
	c.tasks.SetAuditHooks(noReferees{})
	c.msgs = taskkeeper.NewMsgServer(c.tasks)
	c.stores = store.NewCommitMultiStore(db, log.NewNopLogger())
	c.stores.SetIAVLCacheSize(int(serverconfig.DefaultConfig().IAVLCacheSize))
	for _, key := range keys {
		c.stores.MountStoreWithDB(key, storetypes.StoreTypeIAVL, nil)
	}
	require.NoError(tb, c.stores.LoadLatestVersion())
	c.begin()
	if c.stores.LastCommitID().Version == 0 {
		require.NoError(tb, accounts.Params.Set(c.ctx, authtypes.DefaultParams()))
		require.NoError(tb, c.pool.FeePool.Set(c.ctx, distrtypes.InitialFeePool()))
		require.NoError(tb, c.tasks.InitGenesis(c.ctx, *tasktypes.NewGenesis(tasktypes.DevnetParams())))
	}
	return c
}

// begin starts the block after the last committed one. Its changes are kept apart from the trees until it is committed.
func (c *chain) begin() {
	header := cmtproto.Header{Height: c.stores.LastCommitID().Version + 1}
	c.ctx = sdk.NewContext(c.stores.CacheMultiStore(), header, false, log.NewNopLogger())
}

// commit writes the block to the trees and the database, and begins the next.
func (c *chain) commit() {
	c.ctx.MultiStore().(storetypes.CacheMultiStore).Write()
	c.stores.Commit()
	c.beacon.count++
	c.begin()
}

// block ends the block and commits it.
func (c *chain) block() {
	c.Helper()
	require.NoError(c, c.endBlock(c.ctx))
	c.commit()
}

func (c *chain) endBlock(ctx sdk.Context) error {
	if err := c.workers.EndBlock(ctx); err != nil {
		return err
	}
	return c.tasks.EndBlock(ctx)
}

func (c *chain) fund(to sdk.AccAddress, amount math.Int) {
	c.Helper()
	require.NoError(c, c.bank.MintCoins(c.ctx, minttypes.ModuleName, udmc(amount)))
	require.NoError(c, c.bank.SendCoinsFromModuleToAccount(c.ctx, minttypes.ModuleName, to, udmc(amount)))
}

func udmc(amount math.Int) sdk.Coins { return sdk.NewCoins(sdk.NewCoin(tasktypes.Denom, amount)) }

func text(addr sdk.AccAddress) string {
	s, err := bech32.BytesToString(addr)
	if err != nil {
		panic(err)
	}
	return s
}
