package types_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// validators propose in turn. The first of them gives its slot up, so that the next one proposes, whenever its own seed
// would select the batch that it has something to hide in.
type validators struct {
	secrets []vrf.Key
	keys    []types.ValidatorKey
	seed    types.Seed
	turn    int
}

func newValidators(t *testing.T, count int) *validators {
	t.Helper()
	v := &validators{seed: types.Seed{Value: types.GenesisSeed("withheld-slots")}}
	for i := range count {
		secret, err := vrf.KeyFromSecret(bytes.Repeat([]byte{byte(i + 1)}, vrf.SecretSize))
		require.NoError(t, err)
		v.secrets = append(v.secrets, secret)
		v.keys = append(v.keys, types.ValidatorKey{Operator: string(rune('a' + i)), PublicKey: secret.Public()})
	}
	return v
}

// next is the seed of the next height; withholds tells what the first validator would rather not see.
func (v *validators) next(t *testing.T, withholds func(types.Seed) bool) types.Seed {
	t.Helper()
	for {
		proposer := v.turn % len(v.keys)
		v.turn++
		height := v.seed.Height + 1
		proof := v.secrets[proposer].Prove(types.Alpha(v.seed.Value, height))
		seed, err := v.seed.Next(v.keys[proposer], types.Proof{Height: height, Proof: proof})
		require.NoError(t, err)
		if proposer == 0 && withholds(seed) {
			continue
		}
		v.seed = seed
		return seed
	}
}

// TestAWithheldSlotHidesLittle measures how often a batch of a validator's own is selected when one of four validators withholds
// its slot whenever that would select it: at least (1-g) of the nominal probability, within three standard deviations.
func TestAWithheldSlotHidesLittle(t *testing.T) {
	const (
		count   = 4
		heights = 4
		batches = 1_500
	)
	for _, bps := range []uint32{2_000, 5_000} {
		threshold, err := protocol.CoinThreshold(bps, heights)
		require.NoError(t, err)
		v := newValidators(t, count)
		honest, withheld := 0, 0
		for batch := range uint32(batches) {
			id := protocol.RandomID{Job: 1, Batch: batch}
			hits := func(seed types.Seed) bool {
				hash, err := protocol.HashFromBytes(seed.Value)
				require.NoError(t, err)
				return protocol.CoinHits(protocol.Random(hash, protocol.PurposeCoin, id), threshold)
			}
			selected := func(withholds func(types.Seed) bool) (hit bool) {
				for range heights {
					hit = hits(v.next(t, withholds)) || hit
				}
				return hit
			}
			if selected(func(types.Seed) bool { return false }) {
				honest++
			}
			if selected(hits) {
				withheld++
			}
		}
		p := float64(bps) / protocol.BasisPoints
		noise := 3 * deviation(p, batches)
		require.InDelta(t, p, float64(honest)/batches, noise)
		require.GreaterOrEqual(t, float64(withheld)/batches, p*(1-1.0/count)-noise)
		require.Less(t, withheld, honest, "withholding hides something, or nobody withheld")
		t.Logf("p %.2f: selected %.3f of honest batches, %.3f of those whose validator withholds", p,
			float64(honest)/batches, float64(withheld)/batches)
	}
}

// deviation is the standard deviation of a share of so many trials.
func deviation(p float64, trials int) float64 { return math.Sqrt(p * (1 - p) / float64(trials)) }
