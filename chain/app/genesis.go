package app

import (
	"encoding/json"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app/mempool"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
)

// GenesisState maps a module's name to its part of the genesis.
type GenesisState map[string]json.RawMessage

// DefaultGenesis is the genesis of a chain without accounts and validators.
func (app *App) DefaultGenesis() GenesisState {
	return app.BasicManager.DefaultGenesis(app.appCodec)
}

// InitChainer fills the stores from the genesis. It refuses a new chain's if a validator has no VRF key, and that of a chain
// that goes on if none has.
func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var state GenesisState
	if err := json.Unmarshal(req.AppStateBytes, &state); err != nil {
		return nil, fmt.Errorf("the app_state of the genesis is not a JSON object: %w", err)
	}
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	resp, err := app.ModuleManager.InitGenesis(ctx, app.appCodec, state)
	if err != nil {
		return nil, err
	}
	return resp, app.BeaconKeeper.RequireKeys(ctx, req.InitialHeight)
}

// CheckKeys returns an error if too few of the validators that the genesis has as state, as that of an exported chain
// does, have a VRF key. Those that genesis transactions make are checked with these, see ValidateGenTx.
func (s GenesisState) CheckKeys(cdc codec.JSONCodec, initialHeight int64) error {
	var staking stakingtypes.GenesisState
	if err := cdc.UnmarshalJSON(s[stakingtypes.ModuleName], &staking); err != nil {
		return fmt.Errorf("the genesis of %s: %w", stakingtypes.ModuleName, err)
	}
	var beacon beacontypes.GenesisState
	if err := cdc.UnmarshalJSON(s[beacontypes.ModuleName], &beacon); err != nil {
		return fmt.Errorf("the genesis of %s: %w", beacontypes.ModuleName, err)
	}
	var operators []string
	for _, validator := range staking.Validators {
		if validator.IsBonded() {
			operators = append(operators, validator.OperatorAddress)
		}
	}
	return beacon.CheckKeys(operators, initialHeight)
}

// blockGas takes the largest module (about 45 M gas) and the largest job (about 70 M), and less than a second of work.
const blockGas = 100_000_000

// BlockParams bound the bytes and the gas of a block, and so the work in it.
func BlockParams() cmttypes.BlockParams {
	return cmttypes.BlockParams{MaxBytes: 4 << 20, MaxGas: blockGas}
}

// PoolLimits let transactions for ten blocks wait, fewer than CometBFT takes.
func PoolLimits() mempool.Limits {
	return mempool.Limits{Txs: 4_000, Gas: 10 * blockGas, Duties: 16}
}
