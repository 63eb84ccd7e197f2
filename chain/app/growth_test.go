package app_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"

	"github.com/dmcn/dmcn/chain/internal/apptest"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
)

// TestEmptyBlocksDoNotGrowTheState decides blocks without transactions until the beacon's history is full, and 300 more.
func TestEmptyBlocksDoNotGrowTheState(t *testing.T) { requireNoGrowth(t, 300) }

// TestEmptyDayLong decides the blocks of 24 hours.
func TestEmptyDayLong(t *testing.T) {
	if os.Getenv("DMCN_TEST_LONG") == "" {
		t.Skip("set DMCN_TEST_LONG=1: it decides 28,800 blocks")
	}
	requireNoGrowth(t, int(24*time.Hour/(3*time.Second)))
}

// requireNoGrowth compares the stores of a network with a public network's parameters before and after empty blocks.
func requireNoGrowth(t *testing.T, blocks int) {
	t.Helper()
	n := apptest.NewPublic(t, 1)
	empty := func(blocks int) {
		for range blocks {
			n.Decide(0, n.Propose(0))
		}
	}
	empty(int(beacontypes.DefaultParams().History) + 1)
	before, from := storeSizes(n), n.Time
	empty(blocks)
	after := storeSizes(n)
	t.Logf("%d blocks of %s: %v", blocks, n.Time.Sub(from), after)
	require.Len(t, after, len(before))
	for name, size := range after {
		require.Equal(t, before[name].keys, size.keys, "keys of %s", name)
		if slices.Contains(counting, name) {
			require.InDelta(t, before[name].bytes, size.bytes, float64(lengthened*size.keys), "bytes of %s", name)
		} else {
			require.Equal(t, before[name].bytes, size.bytes, "bytes of %s", name)
		}
	}
}

// counting are the stores that hold heights, or supply, balances and rewards as text: as these numbers rise, they get a byte
// longer now and then.
var counting = []string{banktypes.StoreKey, distrtypes.StoreKey, minttypes.StoreKey, beacontypes.StoreKey}

// lengthened is how many bytes a key's value may gain by that.
const lengthened = 3

// TestNoncesOfUnorderedTransactionsAreForgotten has 20 of them in a block, and their timeouts pass.
func TestNoncesOfUnorderedTransactionsAreForgotten(t *testing.T) {
	n := apptest.New(t, 1)
	n.Block(0)
	recipient := sdk.AccAddress("recipient___________")
	n.Block(0, send(t, n, recipient, 2*time.Second))
	for range 3 {
		n.Block(0)
	}
	before := storeSizes(n)
	var txs [][]byte
	for i := range 20 {
		txs = append(txs, send(t, n, recipient, 5*time.Second+time.Duration(i)))
	}
	for _, result := range n.Block(0, txs...).TxResults {
		require.Zero(t, result.Code, result.Log)
	}
	require.Equal(t, before["acc"].keys+len(txs), storeSizes(n)["acc"].keys)
	for range 7 {
		n.Block(0)
	}
	require.Equal(t, before["acc"], storeSizes(n)["acc"])
}

// storeSize is how much a store holds.
type storeSize struct{ keys, bytes int }

func storeSizes(n *apptest.Network) map[string]storeSize {
	stores := n.Apps[0].CommitMultiStore().(*rootmulti.Store)
	sizes := map[string]storeSize{}
	for name, key := range stores.StoreKeysByName() {
		var size storeSize
		iterator := stores.GetKVStore(key).Iterator(nil, nil)
		for ; iterator.Valid(); iterator.Next() {
			size.keys++
			size.bytes += len(iterator.Key()) + len(iterator.Value())
		}
		_ = iterator.Close()
		sizes[name] = size
	}
	return sizes
}
