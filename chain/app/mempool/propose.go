package mempool

import (
	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/mempool"
)

// Codec encodes and decodes transactions.
type Codec interface {
	TxEncode(tx sdk.Tx) ([]byte, error)
	TxDecode(raw []byte) (sdk.Tx, error)
}

// Propose fills a block from the pool in its order, within the bytes and the gas of a block. What CometBFT would have taken
// and the pool does not know comes last. Nothing is verified again: all of it was when it came, and after each block.
func (p *Pool) Propose(codec Codec) sdk.PrepareProposalHandler {
	return func(ctx sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
		var gas uint64
		if block := ctx.ConsensusParams().Block; block != nil && block.MaxGas > 0 {
			gas = uint64(block.MaxGas)
		}
		selected, taken := baseapp.NewDefaultTxSelector(), map[string]bool{}
		full := false
		take := func(tx sdk.Tx, raw []byte, wanted uint64) {
			if !taken[string(raw)] {
				taken[string(raw)] = true
				full = selected.SelectTxForProposal(ctx, uint64(req.MaxTxBytes), gas, tx, raw, wanted)
			}
		}
		p.SelectBy(ctx, req.Txs, func(pooled mempool.PooledTx) bool {
			if raw, err := codec.TxEncode(pooled.Tx); err == nil {
				take(pooled.Tx, raw, pooled.GasWanted)
			}
			return !full
		})
		for _, raw := range req.Txs {
			if full {
				break
			}
			tx, err := codec.TxDecode(raw)
			if err != nil {
				continue
			}
			var wanted uint64
			if limited, ok := tx.(sdk.GasTx); ok {
				wanted = limited.GetGas()
			}
			take(tx, raw, wanted)
		}
		return &abci.ResponsePrepareProposal{Txs: selected.SelectedTxs(ctx)}, nil
	}
}
