package proposal_test

import (
	"bytes"
	"errors"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/proposal"
	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// duty is a keeper with a given duty and judgement.
type duty struct {
	due      bool
	judgment error
}

func (d duty) Duty(sdk.Context) (types.ValidatorKey, []byte, bool, error) {
	return types.ValidatorKey{PublicKey: []byte("public")}, []byte("alpha"), d.due, nil
}

func (d duty) Judge(sdk.Context, [][]byte) (types.Seed, error) { return types.Seed{}, d.judgment }

// prover answers the duty's input with a fixed proof.
type prover struct{ err error }

func (p prover) Prove(publicKey, alpha []byte) ([]byte, error) {
	if !bytes.Equal(publicKey, []byte("public")) || !bytes.Equal(alpha, []byte("alpha")) {
		return nil, errors.New("another duty")
	}
	return bytes.Repeat([]byte{1}, 80), p.err
}

// inner records what the handlers of the other transactions were given.
type inner struct {
	maxTxBytes int64
	txs        [][]byte
	err        error
}

func (i *inner) prepare(_ sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	i.maxTxBytes = req.MaxTxBytes
	return &abci.ResponsePrepareProposal{Txs: req.Txs}, i.err
}

func (i *inner) process(_ sdk.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	i.txs = req.Txs
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, i.err
}

func ctx() sdk.Context {
	return sdk.Context{}.WithBlockHeight(4).WithLogger(log.NewNopLogger())
}

func proofTx(t *testing.T) []byte {
	t.Helper()
	raw, err := types.Proof{Height: 4, Proof: bytes.Repeat([]byte{1}, 80)}.EncodeTx()
	require.NoError(t, err)
	return raw
}

func TestPreparePrependsTheProofWithinTheLimit(t *testing.T) {
	rest := &inner{}
	handler := proposal.NewHandler(duty{due: true}, prover{}, rest.prepare, rest.process)
	req := &abci.RequestPrepareProposal{MaxTxBytes: 1_000, Txs: [][]byte{[]byte("a"), []byte("b")}}
	resp, err := handler.Prepare(ctx(), req)
	require.NoError(t, err)
	require.Equal(t, [][]byte{proofTx(t), []byte("a"), []byte("b")}, resp.Txs)
	used := cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{proofTx(t)})
	require.Equal(t, 1_000-used, rest.maxTxBytes)
	require.Equal(t, int64(1_000), req.MaxTxBytes, "the request is left alone")
}

func TestPrepareWithoutADuty(t *testing.T) {
	rest := &inner{}
	handler := proposal.NewHandler(duty{}, prover{err: errors.New("not asked")}, rest.prepare, rest.process)
	resp, err := handler.Prepare(ctx(), &abci.RequestPrepareProposal{MaxTxBytes: 1_000, Txs: [][]byte{[]byte("a")}})
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("a")}, resp.Txs)
	require.Equal(t, int64(1_000), rest.maxTxBytes)
}

func TestPrepareWithoutTheSecret(t *testing.T) {
	rest := &inner{}
	handler := proposal.NewHandler(duty{due: true}, prover{err: errors.New("lost")}, rest.prepare, rest.process)
	_, err := handler.Prepare(ctx(), &abci.RequestPrepareProposal{Height: 4})
	require.ErrorContains(t, err, "height 4")
}

func TestPrepareProposesTheProofAloneIfTheRestFails(t *testing.T) {
	rest := &inner{err: errors.New("broken")}
	handler := proposal.NewHandler(duty{due: true}, prover{}, rest.prepare, rest.process)
	resp, err := handler.Prepare(ctx(), &abci.RequestPrepareProposal{MaxTxBytes: 1_000, Txs: [][]byte{[]byte("a")}})
	require.NoError(t, err)
	require.Equal(t, [][]byte{proofTx(t)}, resp.Txs)
}

func TestProcess(t *testing.T) {
	rest := &inner{}
	req := &abci.RequestProcessProposal{Height: 4, Txs: [][]byte{proofTx(t), []byte("a")}}

	refusing := proposal.NewHandler(duty{judgment: types.ErrProofWrong}, prover{}, rest.prepare, rest.process)
	resp, err := refusing.Process(ctx(), req)
	require.NoError(t, err)
	require.Equal(t, abci.ResponseProcessProposal_REJECT, resp.Status)
	require.Nil(t, rest.txs)

	accepting := proposal.NewHandler(duty{due: true}, prover{}, rest.prepare, rest.process)
	resp, err = accepting.Process(ctx(), req)
	require.NoError(t, err)
	require.Equal(t, abci.ResponseProcessProposal_ACCEPT, resp.Status)
	require.Equal(t, [][]byte{[]byte("a")}, rest.txs, "the inner handler never sees the proof")
}
