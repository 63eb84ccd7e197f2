package proposal

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Runner runs the transactions of a decided block except its proof, which was recorded before and gets an empty,
// successful result: it is no transaction that could fail.
type Runner struct {
	inner sdk.TxRunner
}

// NewRunner returns a runner that leaves all other transactions to inner.
func NewRunner(inner sdk.TxRunner) Runner { return Runner{inner} }

// Run returns one result for each transaction, in their order.
func (r Runner) Run(
	ctx context.Context, ms storetypes.MultiStore, txs [][]byte, deliver sdk.DeliverTxFunc,
) ([]*abci.ExecTxResult, error) {
	proof, rest := split(txs)
	if proof == nil {
		return r.inner.Run(ctx, ms, txs, deliver)
	}
	shifted := func(
		tx []byte, decoded sdk.Tx, txStore storetypes.MultiStore, index int, cache map[string]any,
	) *abci.ExecTxResult {
		return deliver(tx, decoded, txStore, index+1, cache)
	}
	results, err := r.inner.Run(ctx, ms, rest, shifted)
	if err != nil {
		return nil, err
	}
	return append([]*abci.ExecTxResult{{}}, results...), nil
}
