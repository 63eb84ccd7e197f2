package app

import (
	"encoding/json"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// GenesisState maps a module's name to its part of the genesis.
type GenesisState map[string]json.RawMessage

// DefaultGenesis is the genesis of a chain without accounts and validators.
func (app *App) DefaultGenesis() GenesisState {
	return app.BasicManager.DefaultGenesis(app.appCodec)
}

// InitChainer fills the stores from the genesis.
func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var state GenesisState
	if err := json.Unmarshal(req.AppStateBytes, &state); err != nil {
		return nil, fmt.Errorf("the app_state of the genesis is not a JSON object: %w", err)
	}
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.ModuleManager.InitGenesis(ctx, app.appCodec, state)
}
