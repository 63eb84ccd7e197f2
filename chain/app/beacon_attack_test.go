package app_test

import (
	"math"
	"os"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/internal/apptest"
	"github.com/dmcn/dmcn/chain/protocol"
)

// TestAProposerThatWithholdsItsSlotLong has one of four validators that gives up its slot whenever its proof would select the
// batch that it wants to keep from being audited. Of the nominal probability at least 1-g has to be left, g being its
// share of the slots, since each slot is one of m coins and whoever comes instead proves with a key of its own.
func TestAProposerThatWithholdsItsSlotLong(t *testing.T) {
	const validators, heights, share = 4, 4, 0.25
	const batches = 1_000
	if os.Getenv("DMCN_TEST_LONG") == "" {
		t.Skip("DMCN_TEST_LONG=1 runs it")
	}
	n := apptest.New(t, validators)
	n.Block(1)
	for _, bps := range []uint32{2_000, 5_000} {
		threshold, err := protocol.CoinThreshold(bps, heights)
		require.NoError(t, err)
		audited, withheld := 0, 0
		for batch := range uint32(batches) {
			id := protocol.RandomID{Job: uint64(bps), Batch: batch}
			selected := false
			for range heights {
				proposer := int(n.Height) % validators
				block := n.Propose(proposer)
				if proposer == 0 && hits(t, n, proposer, block, id, threshold) {
					withheld++
					proposer++
					block = n.Propose(proposer)
				}
				n.Decide(proposer, block)
				seed, err := protocol.HashFromBytes(newest(t, n).Value)
				require.NoError(t, err)
				selected = selected || protocol.CoinHits(protocol.Random(seed, protocol.PurposeCoin, id), threshold)
			}
			if selected {
				audited++
			}
		}
		p := float64(bps) / protocol.BasisPoints
		left := p * (1 - share)
		noise := 3 * math.Sqrt(left*(1-left)/float64(batches))
		measured := float64(audited) / float64(batches)
		t.Logf("p %.2f: %.3f measured over %d batches, at least %.3f wanted, %d slots given up", p, measured, batches, left, withheld)
		require.GreaterOrEqual(t, measured, left-noise)
		require.Positive(t, withheld)
	}
	require.Equal(t, uint64(n.Height), newest(t, n).LiveCount, "a slot that is given up costs nobody a live height")
}

// hits tells whether a proposer's block would select a batch.
func hits(t *testing.T, n *apptest.Network, proposer int, block [][]byte, id protocol.RandomID, threshold uint64) bool {
	t.Helper()
	ctx := n.Apps[proposer].NewContextLegacy(true, cmtproto.Header{
		ChainID: apptest.ChainID, Height: n.Height + 1, Time: n.Time, ProposerAddress: n.Proposers[proposer],
	})
	next, err := n.Apps[proposer].BeaconKeeper.Judge(ctx, block)
	require.NoError(t, err)
	seed, err := protocol.HashFromBytes(next.Value)
	require.NoError(t, err)
	return protocol.CoinHits(protocol.Random(seed, protocol.PurposeCoin, id), threshold)
}
