package types

import (
	"crypto/sha256"
	"encoding/binary"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

const (
	// SeedSize is the length of a seed in bytes.
	SeedSize = sha256.Size

	genesisTag    = "dmcn/genesis/1"
	fallbackTag   = "dmcn/fallback/1"
	possessionTag = "dmcn/beacon-key/1"
)

// Alpha is the VRF's input at a height: seed_{h-1} || u64 h.
func Alpha(previous []byte, height int64) []byte {
	alpha := append(make([]byte, 0, len(previous)+8), previous...)
	return binary.BigEndian.AppendUint64(alpha, uint64(height))
}

// LiveSeed is seed_h = SHA256(seed_{h-1} || output), the output being the VRF's for Alpha.
func LiveSeed(previous, output []byte) []byte { return hash(previous, output) }

// FallbackSeed is the seed of a height whose proposer has no key: SHA256(tag || seed_{h-1} || u64 h). Everyone can
// tell it beforehand, so nothing is drawn from it.
func FallbackSeed(previous []byte, height int64) []byte {
	return hash([]byte(fallbackTag), Alpha(previous, height))
}

// GenesisSeed is a first seed in which nobody had a choice, for a chain's id.
func GenesisSeed(chainID string) []byte { return hash([]byte(genesisTag), []byte(chainID)) }

// Randomness is the randomness of one purpose: SHA256(seed || tag || id).
func Randomness(seed []byte, tag string, id []byte) []byte { return hash(seed, []byte(tag), id) }

// Next returns the seed after previous with the proof of the proposer's key, or ErrProofWrong.
func (s Seed) Next(key ValidatorKey, proof Proof) (Seed, error) {
	height := s.Height + 1
	if proof.Height != height {
		return Seed{}, ErrProofWrong.Wrapf("it is for height %d, not %d", proof.Height, height)
	}
	output, ok := vrf.Verify(key.PublicKey, proof.Proof, Alpha(s.Value, height))
	if !ok {
		return Seed{}, ErrProofWrong.Wrapf("it does not verify under the key of %s", key.Operator)
	}
	return Seed{
		Height: height, Value: LiveSeed(s.Value, output), Live: true, LiveCount: s.LiveCount + 1, Proposer: key.Operator,
	}, nil
}

// Fallback returns the seed after previous where no proof is to be had. The proposer is empty where unknown.
func (s Seed) Fallback(proposer string) Seed {
	height := s.Height + 1
	return Seed{
		Height: height, Value: FallbackSeed(s.Value, height), LiveCount: s.LiveCount, Proposer: proposer,
	}
}

// Validate checks a seed's form.
func (s Seed) Validate() error {
	if len(s.Value) != SeedSize {
		return ErrInvalidGenesis.Wrapf("the seed of height %d has %d bytes, not %d", s.Height, len(s.Value), SeedSize)
	}
	if s.Height < 0 {
		return ErrInvalidGenesis.Wrapf("a seed has the height %d", s.Height)
	}
	return nil
}

// PossessionAlpha is the VRF's input of a proof of possession: "dmcn/beacon-key/1" || the operator's 20 bytes. It is
// shorter than any Alpha, so neither proof can stand for the other.
func PossessionAlpha(operator sdk.ValAddress) []byte {
	return append([]byte(possessionTag), operator...)
}

func hash(parts ...[]byte) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}
