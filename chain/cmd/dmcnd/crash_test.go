package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
)

// TestNodeKilledAtAnyMoment ends a node again and again while transactions flow.
func TestNodeKilledAtAnyMoment(t *testing.T) {
	skipIfShort(t)
	killedAtAnyMoment(t, 3)
}

// TestNodeKilledAtAnyMomentLong does so 30 times.
func TestNodeKilledAtAnyMomentLong(t *testing.T) {
	skipUnlessLong(t)
	killedAtAnyMoment(t, 30)
}

// TestNodeDiesAtEachStep lets a node die at each of CometBFT's fail points of a block, one after the other: before and
// after a block is stored, executed, committed by the application, and noted as applied.
func TestNodeDiesAtEachStep(t *testing.T) {
	skipIfShort(t)
	diesAtEachStep(t, 11)
}

// TestNodeDiesAtEachStepLong goes on through the steps of the blocks after that.
func TestNodeDiesAtEachStepLong(t *testing.T) {
	skipUnlessLong(t)
	diesAtEachStep(t, 33)
}

// TestNodeWithoutItsBeaconKey takes the key from the only validator of a network while it is down.
func TestNodeWithoutItsBeaconKey(t *testing.T) {
	skipIfShort(t)
	n := newNode(t)
	n.start()
	n.grow(2)
	require.Zero(t, n.end(syscall.SIGTERM))
	key := filepath.Join(n.home, "config", "vrf_key.json")
	require.NoError(t, os.Rename(key, key+".away"))

	n.start()
	require.Eventually(t, func() bool { return n.height() > 0 }, patience, 20*time.Millisecond)
	stands := n.height()
	require.Eventually(t, func() bool {
		return regexp.MustCompile(`no beacon proof for the proposal of height \d+: read the VRF key file`).MatchString(n.log())
	}, patience, 100*time.Millisecond)
	require.LessOrEqual(t, n.height(), stands+1, "nobody accepts a block without a proof")

	require.NoError(t, os.Rename(key+".away", key))
	n.grow(3) // without a restart
	n.verify()
}

func killedAtAnyMoment(t *testing.T, times int) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	n := newNode(t)
	n.start()
	n.grow(2)
	stop := n.flow()
	for i := range times {
		n.grow(1)
		for until := time.Now().Add(time.Duration(r.IntN(1_500)) * time.Millisecond); time.Now().Before(until); {
			n.height()
			time.Sleep(20 * time.Millisecond)
		}
		if i%3 == 1 {
			require.Zero(t, n.end(syscall.SIGTERM), "it ends in good order")
		} else {
			n.end(syscall.SIGKILL)
		}
		n.start()
	}
	n.grow(2)
	sent := stop()
	n.grow(2)
	require.NotZero(t, n.verify())
	t.Logf("%d transfers were broadcast", sent)
}

func diesAtEachStep(t *testing.T, steps int) {
	n := newNode(t)
	n.start()
	n.grow(2)
	stop := n.flow()
	n.grow(1)
	require.Zero(t, n.end(syscall.SIGTERM))
	for step := range steps {
		n.start(fmt.Sprintf("FAIL_TEST_INDEX=%d", step))
		for gone := false; !gone; {
			select {
			case <-n.exited:
				gone = true
			case <-time.After(20 * time.Millisecond):
				n.height()
			}
		}
		require.Equal(t, 1, n.wait())
	}
	n.start()
	n.grow(2)
	stop()
	n.grow(1)
	n.verify()
	// how far the application and CometBFT's own state were behind its blocks when the node started
	starts := map[string]int{}
	for _, m := range regexp.MustCompile(`ABCI Replay Blocks.*appHeight=(\d+).*stateHeight=(\d+).*storeHeight=(\d+)`).FindAllStringSubmatch(n.log(), -1) {
		var app, state, store int
		_, err := fmt.Sscan(m[1]+" "+m[2]+" "+m[3], &app, &state, &store)
		require.NoError(t, err)
		if app > 0 {
			starts[fmt.Sprintf("app -%d, state -%d", store-app, store-state)]++
		}
	}
	t.Log(starts)
	require.NotZero(t, starts["app -1, state -1"], "no crash between CometBFT's commit and the application's")
	require.NotZero(t, starts["app -0, state -1"], "no crash between the application's commit and CometBFT's state")
	require.NotZero(t, starts["app -0, state -0"])
}

// flow broadcasts transfers until it is stopped, whether or not the node takes them, and tells how many it took.
func (n *node) flow() (stop func() int) {
	n.Helper()
	next, taken := n.transfers(), 0
	done := make(chan struct{})
	var flowing sync.WaitGroup
	flowing.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(30 * time.Millisecond):
			}
			if resp, err := n.rpc.BroadcastTxSync(n.Context(), next()); err == nil && resp.Code == 0 {
				taken++
			}
		}
	})
	return func() int {
		close(done)
		flowing.Wait()
		return taken
	}
}

// verify checks that every block that was ever told of is still there, that each starts with the beacon's proof, that
// each transfer is in one block at most, and that the state is what the blocks say: as it is, and after all blocks were
// executed again from the genesis. It returns the number of transfers.
func (n *node) verify() int64 {
	n.Helper()
	amount, height := n.received()
	seen, sum := map[string]int64{}, int64(0)
	for h := int64(1); h <= height; h++ {
		block, done := n.block(h)
		if told, ok := n.blocks[h]; ok {
			require.Equal(n, told, block.Hash().String(), "block %d is another one", h)
		}
		require.True(n, beacontypes.IsProofTx(block.Txs[0]), "block %d has no proof", h)
		for _, tx := range block.Txs {
			require.Zero(n, seen[string(tx.Hash())], "%X is in two blocks, the second is %d", tx.Hash(), h)
			seen[string(tx.Hash())] = h
		}
		sum += done
	}
	require.Equal(n, sum, amount, "at height %d", height)

	// CometBFT replays all blocks to an application without data and insists on the application hash that it knows
	require.Zero(n, n.end(syscall.SIGTERM))
	require.NoError(n, os.RemoveAll(filepath.Join(n.home, "data", "application.db")))
	n.start()
	n.grow(1)
	require.Regexp(n, `ABCI Replay Blocks.* appHeight=0 .*stateHeight=[1-9]`, n.log())
	require.Zero(n, n.end(syscall.SIGTERM))
	n.Logf("%d blocks, %d transfers", height, sum)
	return sum
}

func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a node")
	}
}

func skipUnlessLong(t *testing.T) {
	t.Helper()
	if os.Getenv("DMCN_TEST_LONG") == "" {
		t.Skip("takes long")
	}
}
