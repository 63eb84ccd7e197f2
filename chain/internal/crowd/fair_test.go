package crowd_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	sdkmath "cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// Draws that are fair fail a test once in a thousand times; the seeds are fixed, so that these never do.
const (
	significance = 0.001
	draws        = 5_000
)

// TestDrawsFollowBond lets a job be drawn by five thousand seeds among workers of 1 to 25 lots, whichever is met first
// getting the offer: afresh, and after five thousand random changes of bonds and of who takes part.
func TestDrawsFollowBond(t *testing.T) {
	c := unequal(t)
	job := c.drawnByTheFirst()
	observed := c.offers(job, c.anySeed)
	requireFair(t, observed, c.lots())

	c.shuffle(5_000)
	lots := c.lots()
	require.NoError(t, c.workers.CheckInvariants(c.ctx))
	require.NotEqual(t, len(observed), len(lots), "some are paused or have withdrawn")
	requireFair(t, c.offers(job, c.anySeed), lots)
}

// TestAnUnfairDrawIsFound gives the test above what must not pass it.
func TestAnUnfairDrawIsFound(t *testing.T) {
	c := unequal(t)
	job := c.drawnByTheFirst()
	lots := c.lots()
	equal := map[string]uint64{}
	for owner := range lots {
		equal[owner] = 1
	}
	require.False(t, fair(c.offers(job, c.anySeed), equal), "workers regardless of their bond")

	slots := c.slots()
	withoutTheLast := func(nonce uint64) protocol.Hash {
		for ; ; nonce += draws {
			seed := c.anySeed(nonce)
			slot, err := protocol.Pick(protocol.Random(seed, protocol.PurposeDraw, protocol.RandomID{Job: job}), 0, slots)
			require.NoError(t, err)
			if slot < slots-slots/20 {
				return seed
			}
		}
	}
	require.False(t, fair(c.offers(job, withoutTheLast), lots), "a twentieth of the slots is never drawn")

	lots[text(account(owners, 24))] += 25
	require.False(t, fair(c.offers(job, c.anySeed), lots), "one of fifty workers is drawn half as often as it should be")
}

// unequal has fifty workers of 1 to 25 lots.
func unequal(t *testing.T) *chain {
	t.Helper()
	bonds := make([]int64, 50)
	for n := range bonds {
		bonds[n] = int64(1+n%25)*lot + lot/2
	}
	c := crowd(t, dbm.NewMemDB(), bonds)
	params := tasktypes.DevnetParams()
	params.Candidates = 1
	require.NoError(t, c.tasks.UpdateParams(c.ctx, params))
	return c
}

// drawnByTheFirst submits the job that is drawn.
func (c *chain) drawnByTheFirst() uint64 {
	c.Helper()
	module := c.prepare()
	id := c.submit(module)
	c.commit()
	return id
}

func (*chain) anySeed(nonce uint64) protocol.Hash {
	return sha256.Sum256(binary.BigEndian.AppendUint64([]byte("fair"), nonce))
}

// offers counts whom the job would be offered to by each of many seeds. Nothing of it is kept.
func (c *chain) offers(job uint64, seed func(nonce uint64) protocol.Hash) map[string]uint64 {
	c.Helper()
	counts := map[string]uint64{}
	for nonce := range uint64(draws) {
		c.beacon.seed = seed(nonce)
		cached, _ := c.ctx.CacheContext()
		require.NoError(c, c.tasks.EndBlock(cached))
		_, batch, err := c.tasks.Batch(cached, job, 0)
		require.NoError(c, err)
		counts[batch.Lease.Worker]++
	}
	return counts
}

// lots of all workers that have a slot.
func (c *chain) lots() map[string]uint64 {
	c.Helper()
	lots := map[string]uint64{}
	for slot := range c.slots() {
		owner, err := c.workers.OwnerAt(c.ctx, slot)
		require.NoError(c, err)
		worker, err := c.workers.Get(c.ctx, owner)
		require.NoError(c, err)
		lots[worker.Owner] = uint64(worker.Bond.QuoRaw(lot).Int64())
	}
	return lots
}

// shuffle changes bonds and takes workers out of the draw and back, at random by a fixed seed.
func (c *chain) shuffle(changes int) {
	c.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for range changes {
		owner := account(owners, random.Uint32N(50))
		worker, err := c.workers.Get(c.ctx, owner)
		require.NoError(c, err)
		amount := sdkmath.NewInt(1 + random.Int64N(5*lot))
		change := func(context.Context) error { return c.workers.Bond(c.ctx, owner, amount) }
		switch roll := random.IntN(10); {
		case worker.Status != workertypes.WORKER_STATUS_ACTIVE:
			change = func(ctx context.Context) error { return c.workers.Resume(ctx, owner, owner) }
		case roll < 1:
			change = func(ctx context.Context) error { return c.workers.Pause(ctx, owner, owner) }
		case roll < 5 && worker.Bond.GTE(amount):
			change = func(ctx context.Context) error { return c.workers.Withdraw(ctx, owner, amount) }
		default:
			c.fund(owner, amount)
		}
		require.NoError(c, change(c.ctx))
	}
	c.commit()
}

func requireFair(t *testing.T, observed, shares map[string]uint64) {
	t.Helper()
	require.True(t, fair(observed, shares), "observed %v for shares %v", observed, shares)
}

// fair is Pearson's chi-square test of what was observed against the shares.
func fair(observed, shares map[string]uint64) bool {
	total, sum := uint64(0), uint64(0)
	for _, share := range shares {
		total += share
	}
	for owner, count := range observed {
		if shares[owner] == 0 {
			return false
		}
		sum += count
	}
	statistic := 0.0
	for owner, share := range shares {
		expected := float64(sum) * float64(share) / float64(total)
		statistic += math.Pow(float64(observed[owner])-expected, 2) / expected
	}
	return statistic < critical(len(shares)-1)
}

// critical is the value that chi-square exceeds with the probability of the significance, after Wilson and Hilferty.
func critical(freedom int) float64 {
	normal := math.Sqrt2 * math.Erfinv(1-2*significance)
	part := 2 / (9 * float64(freedom))
	return float64(freedom) * math.Pow(1-part+normal*math.Sqrt(part), 3)
}

// TestCriticalValues compares with a table of the distribution.
func TestCriticalValues(t *testing.T) {
	for freedom, want := range map[int]float64{10: 29.588, 30: 59.703, 49: 85.351, 100: 149.449} {
		t.Run(fmt.Sprint(freedom), func(t *testing.T) { require.InEpsilon(t, want, critical(freedom), 0.01) })
	}
}
