package app

import (
	"encoding/json"
	"errors"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
)

// ErrZeroHeight tells why a genesis for height 0 cannot be exported.
var ErrZeroHeight = errors.New(
	"an export for height zero is not possible, since deadlines are block heights: start the new chain at initial_height",
)

// ExportAppStateAndValidators returns the whole state as a genesis for a chain that goes on at the next height.
func (app *App) ExportAppStateAndValidators(
	forZeroHeight bool, _, modulesToExport []string,
) (servertypes.ExportedApp, error) {
	if forZeroHeight {
		return servertypes.ExportedApp{}, ErrZeroHeight
	}

	ctx := app.NewContextLegacy(true, cmtproto.Header{Height: app.LastBlockHeight()})
	state, err := app.ExportModules(ctx, modulesToExport...)
	if err != nil {
		return servertypes.ExportedApp{}, err
	}
	appState, err := json.MarshalIndent(state, "", "  ")
	if err != nil {
		return servertypes.ExportedApp{}, err
	}
	validators, err := staking.WriteValidators(ctx, app.StakingKeeper)
	return servertypes.ExportedApp{
		AppState:        appState,
		Validators:      validators,
		Height:          app.LastBlockHeight() + 1,
		ConsensusParams: app.GetConsensusParams(ctx),
	}, err
}

// ExportModules returns the genesis of some modules, or of all. The manager exports them beside each other, and a store
// that is opened then enters a map without a lock: all of them are opened before.
func (app *App) ExportModules(ctx sdk.Context, modules ...string) (GenesisState, error) {
	for _, key := range app.keys {
		ctx.KVStore(key)
	}
	return app.ModuleManager.ExportGenesisForModules(ctx, app.appCodec, modules)
}
