package types_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

func newKey(t *testing.T) (vrf.Key, types.ValidatorKey) {
	t.Helper()
	key, err := vrf.GenerateKey()
	require.NoError(t, err)
	return key, types.ValidatorKey{Operator: "operator", PublicKey: key.Public()}
}

func TestSeedFollowsTheProtocol(t *testing.T) {
	secret, key := newKey(t)
	previous := types.Seed{Height: 6, Value: bytes.Repeat([]byte{7}, 32), LiveCount: 3}
	alpha := binary.BigEndian.AppendUint64(bytes.Clone(previous.Value), 7)
	output, ok := vrf.Verify(secret.Public(), secret.Prove(alpha), alpha)
	require.True(t, ok)

	next, err := previous.Next(key, types.Proof{Height: 7, Proof: secret.Prove(alpha)})
	require.NoError(t, err)
	want := sha256.Sum256(append(bytes.Clone(previous.Value), output...))
	require.Equal(t, types.Seed{Height: 7, Value: want[:], Live: true, LiveCount: 4, Proposer: "operator"}, next)

	id := []byte{1, 2}
	random := sha256.Sum256(append(append(bytes.Clone(want[:]), "dmcn/draw/1"...), id...))
	require.Equal(t, random[:], types.Randomness(next.Value, "dmcn/draw/1", id))
}

func TestSeedRefusesWrongProofs(t *testing.T) {
	secret, key := newKey(t)
	other, _ := newKey(t)
	seed := types.Seed{Height: 6, Value: types.GenesisSeed("a")}
	good := secret.Prove(types.Alpha(seed.Value, 7))
	for name, proof := range map[string]types.Proof{
		"another height in the message": {Height: 8, Proof: good},
		"another height in the input":   {Height: 7, Proof: secret.Prove(types.Alpha(seed.Value, 8))},
		"another seed":                  {Height: 7, Proof: secret.Prove(types.Alpha(types.GenesisSeed("b"), 7))},
		"another key":                   {Height: 7, Proof: other.Prove(types.Alpha(seed.Value, 7))},
		"too short":                     {Height: 7, Proof: good[:79]},
		"none":                          {Height: 7},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := seed.Next(key, proof)
			require.ErrorIs(t, err, types.ErrProofWrong)
		})
	}
}

func TestFallbackIsNotLive(t *testing.T) {
	seed := types.Seed{Height: 6, Value: types.GenesisSeed("a"), Live: true, LiveCount: 5}
	next := seed.Fallback("operator")
	require.Equal(t, int64(7), next.Height)
	require.False(t, next.Live)
	require.Equal(t, uint64(5), next.LiveCount)
	require.Len(t, next.Value, types.SeedSize)
	require.NotEqual(t, seed.Value, next.Value)
	require.NotEqual(t, next.Value, next.Fallback("").Value)
	require.Equal(t, next.Value, seed.Fallback("").Value, "the proposer has no influence")
}
