package app

import (
	"github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authsims "github.com/cosmos/cosmos-sdk/x/auth/simulation"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/auth/vesting"
	vestingtypes "github.com/cosmos/cosmos-sdk/x/auth/vesting/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	authzmodule "github.com/cosmos/cosmos-sdk/x/authz/module"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distr "github.com/cosmos/cosmos-sdk/x/distribution"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/evidence"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantmodule "github.com/cosmos/cosmos-sdk/x/feegrant/module"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govclient "github.com/cosmos/cosmos-sdk/x/gov/client"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	"github.com/cosmos/cosmos-sdk/x/mint"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	"github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/dmcn/dmcn/chain/x/audit"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	"github.com/dmcn/dmcn/chain/x/beacon"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/census"
	censustypes "github.com/dmcn/dmcn/chain/x/census/types"
	"github.com/dmcn/dmcn/chain/x/task"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	"github.com/dmcn/dmcn/chain/x/worker"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// initModules builds the module manager and fixes the order in which modules act.
func (app *App) initModules() {
	cdc, registry := app.appCodec, app.interfaceRegistry
	accountCodec := address.NewBech32Codec(sdk.GetConfig().GetBech32AccountAddrPrefix())

	app.ModuleManager = module.NewManager(
		genutil.NewAppModule(app.AccountKeeper, app.StakingKeeper, app, app.txConfig),
		auth.NewAppModule(cdc, app.AccountKeeper, authsims.RandomGenesisAccounts),
		vesting.NewAppModule(app.AccountKeeper, app.BankKeeper),
		bank.NewAppModule(cdc, app.BankKeeper, app.AccountKeeper),
		staking.NewAppModule(cdc, app.StakingKeeper, app.AccountKeeper, app.BankKeeper),
		slashing.NewAppModule(cdc, app.SlashingKeeper, app.AccountKeeper, app.BankKeeper, app.StakingKeeper, registry),
		mint.NewAppModule(cdc, app.MintKeeper, app.AccountKeeper, nil),
		distr.NewAppModule(cdc, app.DistrKeeper, app.AccountKeeper, app.BankKeeper, app.StakingKeeper),
		gov.NewAppModule(cdc, app.GovKeeper, app.AccountKeeper, app.BankKeeper),
		evidence.NewAppModule(*app.EvidenceKeeper),
		upgrade.NewAppModule(app.UpgradeKeeper, accountCodec),
		authzmodule.NewAppModule(cdc, app.AuthzKeeper, app.AccountKeeper, app.BankKeeper, registry),
		feegrantmodule.NewAppModule(cdc, app.AccountKeeper, app.BankKeeper, app.FeeGrantKeeper, registry),
		consensus.NewAppModule(cdc, app.ConsensusKeeper),
		beacon.NewAppModule(cdc, app.BeaconKeeper),
		worker.NewAppModule(cdc, app.WorkerKeeper),
		task.NewAppModule(cdc, app.TaskKeeper),
		audit.NewAppModule(cdc, app.AuditKeeper),
		census.NewAppModule(app.CensusKeeper),
	)
	app.BasicManager = module.NewBasicManagerFromManager(app.ModuleManager, map[string]module.AppModuleBasic{
		genutiltypes.ModuleName:  genutil.NewAppModuleBasic(ValidateGenTx),
		govtypes.ModuleName:      gov.NewAppModuleBasic([]govclient.ProposalHandler{}),
		banktypes.ModuleName:     bankBasic{},
		minttypes.ModuleName:     mintBasic{},
		slashingtypes.ModuleName: slashingBasic{},
		stakingtypes.ModuleName:  stakingBasic{},
	})
	app.BasicManager.RegisterLegacyAminoCodec(app.legacyAmino)
	app.BasicManager.RegisterInterfaces(registry)

	app.ModuleManager.SetOrderPreBlockers(upgradetypes.ModuleName, authtypes.ModuleName)
	// the census compares what was before all others with what is after them
	app.ModuleManager.SetOrderBeginBlockers(
		censustypes.ModuleName, minttypes.ModuleName, distrtypes.ModuleName, slashingtypes.ModuleName, evidencetypes.ModuleName,
		stakingtypes.ModuleName, genutiltypes.ModuleName, authz.ModuleName,
	)
	app.ModuleManager.SetOrderEndBlockers(
		banktypes.ModuleName, govtypes.ModuleName, stakingtypes.ModuleName, genutiltypes.ModuleName, feegrant.ModuleName,
		workertypes.ModuleName, tasktypes.ModuleName, audittypes.ModuleName, censustypes.ModuleName,
	)
	// genutil delivers the genesis transactions, so everything that they touch comes before it
	genesisOrder := []string{
		authtypes.ModuleName, banktypes.ModuleName, distrtypes.ModuleName, stakingtypes.ModuleName,
		slashingtypes.ModuleName, govtypes.ModuleName, minttypes.ModuleName, beacontypes.ModuleName, workertypes.ModuleName,
		tasktypes.ModuleName, audittypes.ModuleName, genutiltypes.ModuleName,
		evidencetypes.ModuleName, authz.ModuleName, feegrant.ModuleName, upgradetypes.ModuleName,
		vestingtypes.ModuleName, consensustypes.ModuleName,
	}
	app.ModuleManager.SetOrderInitGenesis(genesisOrder...)
	app.ModuleManager.SetOrderExportGenesis(genesisOrder...)

	app.configurator = module.NewConfigurator(cdc, app.MsgServiceRouter(), app.GRPCQueryRouter())
	if err := app.ModuleManager.RegisterServices(app.configurator); err != nil {
		panic(err)
	}
}
