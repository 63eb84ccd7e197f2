// Package app puts the modules of the chain together. It holds wiring only, no rules.
package app

import (
	"fmt"

	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/version"
)

var (
	_ runtime.AppI            = (*App)(nil)
	_ servertypes.Application = (*App)(nil)
)

// App is the application that validators replicate.
type App struct {
	*baseapp.BaseApp
	Keepers

	ModuleManager *module.Manager
	BasicManager  module.BasicManager

	legacyAmino       *codec.LegacyAmino
	appCodec          codec.Codec
	txConfig          client.TxConfig
	interfaceRegistry codectypes.InterfaceRegistry
	keys              map[string]*storetypes.KVStoreKey
	configurator      module.Configurator
}

// New builds the application over a database. With loadLatest it is ready to serve the newest committed height,
// without it the caller has to load a height first.
func New(
	logger log.Logger, db dbm.DB, loadLatest bool, appOpts servertypes.AppOptions,
	baseAppOptions ...func(*baseapp.BaseApp),
) *App {
	enc := newEncoding()
	app := &App{
		BaseApp:           baseapp.NewBaseApp(Name, logger, db, enc.txConfig.TxDecoder(), baseAppOptions...),
		legacyAmino:       enc.amino,
		appCodec:          enc.codec,
		txConfig:          enc.txConfig,
		interfaceRegistry: enc.registry,
		keys:              newStoreKeys(),
	}
	app.SetVersion(version.Version)
	app.SetInterfaceRegistry(enc.registry)
	app.SetTxEncoder(enc.txConfig.TxEncoder())
	if err := app.RegisterStreamingServices(appOpts, app.keys); err != nil {
		panic(fmt.Errorf("register streaming services: %w", err))
	}

	app.initKeepers(appOpts)
	app.initModules()
	app.initServices()
	app.MountKVStores(app.keys)
	app.initABCI(appOpts)
	app.initAnte()

	if loadLatest {
		if err := app.LoadLatestVersion(); err != nil {
			panic(fmt.Errorf("load the newest state: %w", err))
		}
	}
	return app
}

// LoadHeight makes the application serve a past height.
func (app *App) LoadHeight(height int64) error { return app.LoadVersion(height) }

// LegacyAmino is the codec of the legacy JSON sign mode.
func (app *App) LegacyAmino() *codec.LegacyAmino { return app.legacyAmino }

// AppCodec is the codec of everything that is stored or sent.
func (app *App) AppCodec() codec.Codec { return app.appCodec }

// InterfaceRegistry knows all message types.
func (app *App) InterfaceRegistry() codectypes.InterfaceRegistry { return app.interfaceRegistry }

// TxConfig encodes, decodes and signs transactions.
func (app *App) TxConfig() client.TxConfig { return app.txConfig }

// SimulationManager is nil: chain/simulation sends transactions, as everybody does.
func (app *App) SimulationManager() *module.SimulationManager { return nil }
