package app

import (
	"github.com/spf13/cast"

	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	authzkeeper "github.com/cosmos/cosmos-sdk/x/authz/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	evidencekeeper "github.com/cosmos/cosmos-sdk/x/evidence/keeper"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantkeeper "github.com/cosmos/cosmos-sdk/x/feegrant/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	mintkeeper "github.com/cosmos/cosmos-sdk/x/mint/keeper"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	slashingkeeper "github.com/cosmos/cosmos-sdk/x/slashing/keeper"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	auditkeeper "github.com/dmcn/dmcn/chain/x/audit/keeper"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	beaconkeeper "github.com/dmcn/dmcn/chain/x/beacon/keeper"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	censuskeeper "github.com/dmcn/dmcn/chain/x/census/keeper"
	taskkeeper "github.com/dmcn/dmcn/chain/x/task/keeper"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// Keepers are the state of all modules, each behind its own store key.
type Keepers struct {
	AccountKeeper   authkeeper.AccountKeeper
	BankKeeper      bankkeeper.BaseKeeper
	StakingKeeper   *stakingkeeper.Keeper
	SlashingKeeper  slashingkeeper.Keeper
	MintKeeper      mintkeeper.Keeper
	DistrKeeper     distrkeeper.Keeper
	GovKeeper       *govkeeper.Keeper
	EvidenceKeeper  *evidencekeeper.Keeper
	UpgradeKeeper   *upgradekeeper.Keeper
	AuthzKeeper     authzkeeper.Keeper
	FeeGrantKeeper  feegrantkeeper.Keeper
	ConsensusKeeper consensuskeeper.Keeper
	BeaconKeeper    beaconkeeper.Keeper
	WorkerKeeper    workerkeeper.Keeper
	TaskKeeper      taskkeeper.Keeper
	AuditKeeper     auditkeeper.Keeper
	CensusKeeper    censuskeeper.Keeper
}

func newStoreKeys() map[string]*storetypes.KVStoreKey {
	return storetypes.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, stakingtypes.StoreKey, slashingtypes.StoreKey, minttypes.StoreKey,
		distrtypes.StoreKey, govtypes.StoreKey, evidencetypes.StoreKey, upgradetypes.StoreKey, authzkeeper.StoreKey,
		feegrant.StoreKey, consensustypes.StoreKey, beacontypes.StoreKey, workertypes.StoreKey, tasktypes.StoreKey,
		audittypes.StoreKey,
	)
}

// initKeepers builds the keepers in the order in which they need each other.
func (app *App) initKeepers(appOpts servertypes.AppOptions) {
	cdc := app.appCodec
	storeOf := func(key string) store.KVStoreService { return runtime.NewKVStoreService(app.keys[key]) }
	config := sdk.GetConfig()
	accountCodec := address.NewBech32Codec(config.GetBech32AccountAddrPrefix())

	app.ConsensusKeeper = consensuskeeper.NewKeeper(cdc, storeOf(consensustypes.StoreKey), authority(), runtime.EventService{})
	app.SetParamStore(app.ConsensusKeeper.ParamsStore)

	app.AccountKeeper = authkeeper.NewAccountKeeper(
		cdc, storeOf(authtypes.StoreKey), authtypes.ProtoBaseAccount, moduleAccounts, accountCodec,
		config.GetBech32AccountAddrPrefix(), authority(), authkeeper.WithUnorderedTransactions(true),
	)
	app.BankKeeper = bankkeeper.NewBaseKeeper(
		cdc, storeOf(banktypes.StoreKey), app.AccountKeeper, blockedAddresses(), authority(), app.Logger(),
	)
	app.StakingKeeper = stakingkeeper.NewKeeper(
		cdc, storeOf(stakingtypes.StoreKey), app.AccountKeeper, app.BankKeeper, authority(),
		address.NewBech32Codec(config.GetBech32ValidatorAddrPrefix()),
		address.NewBech32Codec(config.GetBech32ConsensusAddrPrefix()),
	)
	app.MintKeeper = mintkeeper.NewKeeper(
		cdc, storeOf(minttypes.StoreKey), app.StakingKeeper, app.AccountKeeper, app.BankKeeper,
		authtypes.FeeCollectorName, authority(),
	)
	app.DistrKeeper = distrkeeper.NewKeeper(
		cdc, storeOf(distrtypes.StoreKey), app.AccountKeeper, app.BankKeeper, app.StakingKeeper,
		authtypes.FeeCollectorName, authority(),
	)
	app.SlashingKeeper = slashingkeeper.NewKeeper(
		cdc, app.legacyAmino, storeOf(slashingtypes.StoreKey), app.StakingKeeper, authority(),
	)
	app.BeaconKeeper = beaconkeeper.NewKeeper(cdc, storeOf(beacontypes.StoreKey), app.StakingKeeper, authority())
	app.WorkerKeeper = workerkeeper.NewKeeper(
		cdc, storeOf(workertypes.StoreKey), app.AccountKeeper, app.BankKeeper, authority(),
	)
	app.TaskKeeper = taskkeeper.NewKeeper(
		cdc, storeOf(tasktypes.StoreKey), app.AccountKeeper, app.BankKeeper, app.DistrKeeper, app.StakingKeeper,
		app.WorkerKeeper, app.BeaconKeeper, authority(),
	)
	app.AuditKeeper = auditkeeper.NewKeeper(
		cdc, storeOf(audittypes.StoreKey), app.AccountKeeper, app.BankKeeper, app.StakingKeeper, app.SlashingKeeper,
		app.BeaconKeeper, app.WorkerKeeper, app.TaskKeeper, authority(),
	)
	app.TaskKeeper.SetAuditHooks(app.AuditKeeper.Hooks())
	app.StakingKeeper.SetHooks(stakingtypes.NewMultiStakingHooks(
		app.DistrKeeper.Hooks(), app.SlashingKeeper.Hooks(), app.BeaconKeeper.Hooks(), app.AuditKeeper.StakingHooks(),
	))

	app.AuthzKeeper = authzkeeper.NewKeeper(
		storeOf(authzkeeper.StoreKey), cdc, app.MsgServiceRouter(), app.AccountKeeper,
	)
	app.FeeGrantKeeper = feegrantkeeper.NewKeeper(cdc, storeOf(feegrant.StoreKey), app.AccountKeeper)
	app.GovKeeper = govkeeper.NewKeeper(
		cdc, storeOf(govtypes.StoreKey), app.AccountKeeper, app.BankKeeper, app.DistrKeeper, app.MsgServiceRouter(),
		govtypes.DefaultConfig(), authority(), govkeeper.NewDefaultCalculateVoteResultsAndVotingPower(app.StakingKeeper),
	)
	app.CensusKeeper = censuskeeper.NewKeeper(
		app.StakingKeeper, app.BankKeeper, app.GovKeeper.Proposals, app.GovKeeper.Votes,
		func() bool { return app.LastBlockHeight() == 0 },
	)
	app.GovKeeper.SetHooks(app.CensusKeeper.Hooks())
	app.EvidenceKeeper = evidencekeeper.NewKeeper(
		cdc, storeOf(evidencetypes.StoreKey), app.StakingKeeper, app.SlashingKeeper, accountCodec,
		runtime.ProvideCometInfoService(),
	)
	app.UpgradeKeeper = upgradekeeper.NewKeeper(
		skippedUpgrades(appOpts), storeOf(upgradetypes.StoreKey), cdc, cast.ToString(appOpts.Get(flags.FlagHome)),
		app.BaseApp, authority(),
	)
}

// skippedUpgrades are the heights at which the operator chose to go on without an upgrade.
func skippedUpgrades(appOpts servertypes.AppOptions) map[int64]bool {
	skipped := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get(server.FlagUnsafeSkipUpgrades)) {
		skipped[int64(height)] = true
	}
	return skipped
}
