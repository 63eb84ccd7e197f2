package app_test

import (
	"os"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

const (
	accept = abci.ResponseProcessProposal_ACCEPT
	reject = abci.ResponseProcessProposal_REJECT
)

func newest(t *testing.T, n *apptest.Network) beacontypes.Seed { return newestOf(t, n.Apps[0]) }

func newestOf(t *testing.T, application *app.App) beacontypes.Seed {
	t.Helper()
	seed, err := application.BeaconKeeper.Seed(application.NewContext(true), 0)
	require.NoError(t, err)
	return seed
}

func TestBlocksAreLiveFromTheFirst(t *testing.T) {
	n := apptest.New(t, 4)
	for i := range 8 {
		result := n.Block(i % 4)
		require.Equal(t, []*abci.ExecTxResult{{}}, result.TxResults, "a proof is no failed transaction")
		seed := newest(t, n)
		require.Equal(t, n.Height, seed.Height)
		require.Equal(t, uint64(n.Height), seed.LiveCount)
	}
}

func TestFourValidatorsRefuseWrongProofs(t *testing.T) {
	n := apptest.New(t, 4)
	for _, height := range []string{"first block", "later"} {
		block := n.Propose(3)
		proof, other := block[0], n.Propose(2)[0]
		flipped := append([]byte{}, proof...)
		flipped[len(flipped)-1] ^= 1
		for name, txs := range map[string][][]byte{
			"missing":              {},
			"wrong":                {flipped},
			"of another validator": {other},
			"doubled":              {proof, proof},
			"behind a transaction": {[]byte("a transaction"), proof},
			"with another behind":  {proof, []byte("a transaction"), other},
		} {
			for node := range n.Apps {
				require.Equal(t, reject, n.Judge(node, 3, txs), "%s, %s, node %d", height, name, node)
			}
		}
		require.Equal(t, accept, n.Judge(0, 3, block))
		require.Equal(t, reject, n.Judge(0, 2, block), "%s: the same block of another proposer", height)
		n.Block(0)
		require.Equal(t, reject, n.Judge(0, 3, block), "%s: a proof of the height before", height)
	}
	n.Block(3)
	require.True(t, newest(t, n).Live)
}

func TestAProofNeverEntersTheMempool(t *testing.T) {
	n := apptest.New(t, 1)
	proof := n.Propose(0)[0]
	n.Block(0)
	for _, kind := range []abci.CheckTxType{abci.CheckTxType_New, abci.CheckTxType_Recheck} {
		resp, err := n.Apps[0].CheckTx(&abci.RequestCheckTx{Tx: proof, Type: kind})
		require.NoError(t, err)
		require.NotZero(t, resp.Code)
	}
}

func TestAProposalHoldsTheProofWithinMaxTxBytes(t *testing.T) {
	n := apptest.New(t, 1)
	resp, err := n.Apps[0].PrepareProposal(&abci.RequestPrepareProposal{
		Height: 1, Time: n.Time, ProposerAddress: n.Proposers[0], MaxTxBytes: 150,
	})
	require.NoError(t, err)
	require.Len(t, resp.Txs, 1)
}

func TestANodeWithoutItsSecretIsRefusedAndTheOthersGoOn(t *testing.T) {
	n := apptest.New(t, 4)
	n.Block(0)
	require.NoError(t, os.Remove(vrf.KeyFileIn(n.Home(3)).Path()))
	require.Equal(t, reject, n.Judge(0, 3, n.Propose(3)))
	for i := range 3 {
		n.Block(i)
	}
	require.Equal(t, uint64(4), newest(t, n).LiveCount)
}

func TestAValidatorWithoutAKeyGetsTheFallback(t *testing.T) {
	n := apptest.New(t, 4)
	forgetKey(t, n, 3)
	require.Empty(t, n.Propose(3))
	require.Equal(t, reject, n.Judge(0, 3, n.Propose(2)), "a proof that nobody owes")
	n.Block(3)
	seed := newest(t, n)
	require.False(t, seed.Live)
	require.Zero(t, seed.LiveCount)
	n.Block(0)
	require.Equal(t, uint64(1), newest(t, n).LiveCount)
}

// forgetKey makes a validator one without a key in the next block.
func forgetKey(t *testing.T, n *apptest.Network, node int) {
	t.Helper()
	for _, application := range n.Apps {
		ctx := application.NewContextLegacy(false, n.Header())
		validator, err := application.StakingKeeper.ValidatorByConsAddr(ctx, n.Proposers[node])
		require.NoError(t, err)
		operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
		require.NoError(t, err)
		require.NoError(t, application.BeaconKeeper.RemoveKeys(ctx, operator))
	}
}
