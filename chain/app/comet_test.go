package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/internal/apptest"
)

// TestTheNetworkGoesOnWithoutALiar runs four validators under CometBFT, one of which proposes blocks that break the
// beacon's rule. The others refuse all of them, decide theirs, and accept it again when it is honest.
func TestTheNetworkGoesOnWithoutALiar(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a network")
	}
	network := apptest.StartComet(t, 4, 200*time.Millisecond)
	honest, liar := network[0], network[3]
	height := func() int64 { return honest.Node.BlockStore().Height() }
	waitFor := func(what string, condition func() bool) {
		t.Helper()
		require.Eventually(t, condition, time.Minute, 50*time.Millisecond, what)
	}
	waitFor("a block of each validator", func() bool {
		for _, v := range network {
			if honest.ProposedBetween(v, 1, height()) == 0 {
				return false
			}
		}
		return true
	})

	for name, lie := range map[string]func(txs [][]byte) [][]byte{
		"missing": func(txs [][]byte) [][]byte { return txs[1:] },
		"doubled": func(txs [][]byte) [][]byte { return [][]byte{txs[0], txs[0]} },
		"wrong": func(txs [][]byte) [][]byte {
			txs[0][len(txs[0])-1] ^= 1
			return txs
		},
	} {
		liar.Tamper.Store(&lie)
		from := height() + 2
		refused := [3]int{}
		for i := range refused {
			refused[i] = network[i].Refused(liar)
		}
		waitFor(name+": refused by each of the others", func() bool {
			for i := range refused {
				if network[i].Refused(liar) == refused[i] {
					return false
				}
			}
			return true
		})
		waitFor(name+": the others go on", func() bool { return height() >= from+4 })
		require.Zero(t, honest.ProposedBetween(liar, from, height()), name)
	}

	liar.Tamper.Store(nil)
	from := height() + 2
	waitFor("accepted again", func() bool { return honest.ProposedBetween(liar, from, height()) > 0 })
	seed := newestOf(t, honest.App)
	require.Equal(t, uint64(seed.Height), seed.LiveCount, "every decided block was live")
}
