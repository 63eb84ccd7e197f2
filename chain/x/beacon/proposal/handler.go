// Package proposal puts the beacon's proof into blocks and refuses blocks without it.
package proposal

import (
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// Keeper tells the proposer's duty and judges blocks.
type Keeper interface {
	// Duty tells under which key the proposer of the context's block has to prove what, if it has a key.
	Duty(ctx sdk.Context) (key types.ValidatorKey, alpha []byte, due bool, err error)
	// Judge returns an error if the transactions of the context's block break the beacon's rule.
	Judge(ctx sdk.Context, txs [][]byte) (types.Seed, error)
}

// Prover makes proofs with this node's secrets.
type Prover interface {
	// Prove returns the proof for alpha under publicKey, or an error if the node lacks its secret.
	Prove(publicKey, alpha []byte) ([]byte, error)
}

// Handler wraps the handlers of the block's other transactions, which never see the proof.
type Handler struct {
	keeper  Keeper
	prover  Prover
	prepare sdk.PrepareProposalHandler
	process sdk.ProcessProposalHandler
}

// NewHandler returns a handler that leaves the rest of a block to prepare and process.
func NewHandler(
	keeper Keeper, prover Prover, prepare sdk.PrepareProposalHandler, process sdk.ProcessProposalHandler,
) Handler {
	return Handler{keeper, prover, prepare, process}
}

// Prepare proposes a block that starts with the proof, within MaxTxBytes. A node without the secret of its registered
// key returns an error: its proposals are refused until it has it.
func (h Handler) Prepare(
	ctx sdk.Context, req *abci.RequestPrepareProposal,
) (*abci.ResponsePrepareProposal, error) {
	proof, err := h.prove(ctx)
	if err != nil {
		return nil, fmt.Errorf("no beacon proof for the proposal of height %d: %w", req.Height, err)
	}
	rest := *req
	if proof != nil {
		rest.MaxTxBytes -= cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{proof})
	}
	resp, err := h.prepare(ctx, &rest)
	if err != nil {
		ctx.Logger().Error("proposing a block without transactions", "height", req.Height, "err", err)
		resp = &abci.ResponsePrepareProposal{}
	}
	if proof != nil {
		resp.Txs = append([][]byte{proof}, resp.Txs...)
	}
	return resp, nil
}

// Process refuses a block whose proof is missing, doubled, misplaced or wrong, and leaves the rest to the inner handler.
func (h Handler) Process(
	ctx sdk.Context, req *abci.RequestProcessProposal,
) (*abci.ResponseProcessProposal, error) {
	if _, err := h.keeper.Judge(ctx, req.Txs); err != nil {
		ctx.Logger().Error("refused a proposal", "height", req.Height,
			"proposer", sdk.ConsAddress(req.ProposerAddress).String(), "err", err)
		return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}, nil
	}
	rest := *req
	_, rest.Txs = split(req.Txs)
	return h.process(ctx, &rest)
}

func (h Handler) prove(ctx sdk.Context) ([]byte, error) {
	key, alpha, due, err := h.keeper.Duty(ctx)
	if err != nil || !due {
		return nil, err
	}
	raw, err := h.prover.Prove(key.PublicKey, alpha)
	if err != nil {
		return nil, err
	}
	return types.Proof{Height: ctx.BlockHeight(), Proof: raw}.EncodeTx()
}

// split separates a block's leading proof, nil if there is none, from its other transactions.
func split(txs [][]byte) (proof []byte, rest [][]byte) {
	if len(txs) > 0 && types.IsProofTx(txs[0]) {
		return txs[0], txs[1:]
	}
	return nil, txs
}
