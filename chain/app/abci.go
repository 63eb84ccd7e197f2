package app

import (
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/spf13/cast"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/baseapp/txnrunner"
	"github.com/cosmos/cosmos-sdk/client/flags"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/app/mempool"
	"github.com/dmcn/dmcn/chain/x/beacon/proposal"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// initABCI connects the consensus engine's calls with the modules. The first transaction of a block is the beacon's
// proof, the others are those of the pool, in its order; a block that
// breaks only their rules is valid, and they fail in it.
func (app *App) initABCI(appOpts servertypes.AppOptions) {
	pool := mempool.New(PoolLimits())
	app.SetMempool(pool)
	secrets := vrf.KeyFileIn(cast.ToString(appOpts.Get(flags.FlagHome)))
	handler := proposal.NewHandler(
		app.BeaconKeeper, secrets, pool.Propose(app), baseapp.NoOpProcessProposal(),
	)
	app.SetPrepareProposal(handler.Prepare)
	app.SetProcessProposal(handler.Process)
	app.SetBlockSTMTxRunner(proposal.NewRunner(txnrunner.NewDefaultRunner(app.txConfig.TxDecoder())))

	app.SetInitChainer(app.InitChainer)
	app.SetPreBlocker(app.PreBlocker)
	app.SetBeginBlocker(app.BeginBlocker)
	app.SetEndBlocker(app.EndBlocker)
}

// PreBlocker runs before everything else in a block: after it the block's seed is known.
func (app *App) PreBlocker(ctx sdk.Context, req *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	resp, err := app.ModuleManager.PreBlock(ctx)
	if err != nil {
		return nil, err
	}
	return resp, app.BeaconKeeper.Record(ctx, req.Txs)
}

// BeginBlocker runs before the transactions of a block.
func (app *App) BeginBlocker(ctx sdk.Context) (sdk.BeginBlock, error) {
	return app.ModuleManager.BeginBlock(ctx)
}

// EndBlocker runs after the transactions of a block.
func (app *App) EndBlocker(ctx sdk.Context) (sdk.EndBlock, error) {
	return app.ModuleManager.EndBlock(ctx)
}
