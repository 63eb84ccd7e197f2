package app

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	"github.com/cosmos/cosmos-sdk/x/auth/posthandler"

	"github.com/dmcn/dmcn/chain/app/mempool"
)

// initAnte sets the checks that every transaction passes before its messages run. Unordered transactions are
// allowed: they carry a unique timeout instead of a sequence.
func (app *App) initAnte() {
	anteHandler, err := ante.NewAnteHandler(ante.HandlerOptions{
		AccountKeeper:   app.AccountKeeper,
		BankKeeper:      app.BankKeeper,
		FeegrantKeeper:  app.FeeGrantKeeper,
		SignModeHandler: app.txConfig.SignModeHandler(),
		SigGasConsumer:  ante.DefaultSigVerificationGasConsumer,
		SigVerifyOptions: []ante.SigVerificationDecoratorOption{
			ante.WithUnorderedTxGasCost(ante.DefaultUnorderedTxGasCost),
			ante.WithMaxUnorderedTxTimeoutDuration(ante.DefaultMaxTimeoutDuration),
		},
	})
	if err != nil {
		panic(err)
	}
	app.SetAnteHandler(mempool.Prioritise(anteHandler, app.isDuty))

	postHandler, err := posthandler.NewPostHandler(posthandler.HandlerOptions{})
	if err != nil {
		panic(err)
	}
	app.SetPostHandler(postHandler)
}

// isDuty tells whether a message does what the chain waits for from its signer under a deadline.
func (app *App) isDuty(ctx context.Context, msg sdk.Msg) bool {
	return app.TaskKeeper.IsDuty(ctx, msg) || app.AuditKeeper.IsDuty(ctx, msg)
}
