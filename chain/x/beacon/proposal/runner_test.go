package proposal_test

import (
	"context"
	"errors"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/proposal"
)

// sequential runs transactions in their order.
type sequential struct{ err error }

func (s sequential) Run(
	_ context.Context, ms storetypes.MultiStore, txs [][]byte, deliver sdk.DeliverTxFunc,
) ([]*abci.ExecTxResult, error) {
	var results []*abci.ExecTxResult
	for i, tx := range txs {
		results = append(results, deliver(tx, nil, ms, i, nil))
	}
	return results, s.err
}

func TestRunnerSkipsTheProof(t *testing.T) {
	deliver := func(tx []byte, _ sdk.Tx, _ storetypes.MultiStore, index int, _ map[string]any) *abci.ExecTxResult {
		return &abci.ExecTxResult{Code: 7, Data: tx, GasUsed: int64(index)}
	}
	a := &abci.ExecTxResult{Code: 7, Data: []byte("a"), GasUsed: 1}
	b := &abci.ExecTxResult{Code: 7, Data: []byte("b"), GasUsed: 2}

	results, err := proposal.NewRunner(sequential{}).Run(
		t.Context(), nil, [][]byte{proofTx(t), []byte("a"), []byte("b")}, deliver,
	)
	require.NoError(t, err)
	require.Equal(t, []*abci.ExecTxResult{{}, a, b}, results, "others keep their position in the block")

	a.GasUsed = 0
	results, err = proposal.NewRunner(sequential{}).Run(t.Context(), nil, [][]byte{[]byte("a")}, deliver)
	require.NoError(t, err)
	require.Equal(t, []*abci.ExecTxResult{a}, results, "a block without a proof")

	_, err = proposal.NewRunner(sequential{errors.New("cancelled")}).Run(t.Context(), nil, [][]byte{proofTx(t)}, deliver)
	require.ErrorContains(t, err, "cancelled")
}
