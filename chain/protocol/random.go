package protocol

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
)

// Purpose is what a piece of randomness is for; its value is the tag that separates it from others.
type Purpose string

// The purposes.
const (
	PurposeDraw   Purpose = "dmcn/draw/1"
	PurposeCoin   Purpose = "dmcn/coin/1"
	PurposeAudit  Purpose = "dmcn/audit/1"
	PurposeOpener Purpose = "dmcn/opener/1"
)

const (
	// MaxPickTries is the number of tries a drawing has at one height; after them it waits for the next height.
	MaxPickTries = 16
	// CertainCoin is the threshold of p = 1, at which a coin always hits.
	CertainCoin uint64 = math.MaxUint64
	// BasisPoints is one whole in basis points.
	BasisPoints = 10_000
)

// RandomID names what randomness is drawn for: a lease's batch and epoch, and the round within the purpose.
type RandomID struct {
	Job   uint64
	Batch uint32
	Epoch uint32
	Round uint32
}

// Random returns r = SHA256(seed || tag || id), where seed is the beacon's seed of the height that counts.
func Random(seed Hash, purpose Purpose, id RandomID) Hash {
	b := make([]byte, 0, HashLength+len(purpose)+20)
	b = append(b, seed[:]...)
	b = append(b, purpose...)
	b = binary.BigEndian.AppendUint64(b, id.Job)
	b = binary.BigEndian.AppendUint32(b, id.Batch)
	b = binary.BigEndian.AppendUint32(b, id.Epoch)
	b = binary.BigEndian.AppendUint32(b, id.Round)
	return hashParts(b)
}

// Pick returns the slot of the t-th try, u64(SHA256(r || u32 t)[:8]) mod slots. It returns ErrRange if there
// is no slot or t is not below MaxPickTries.
func Pick(r Hash, t uint32, slots uint64) (uint64, error) {
	if slots == 0 {
		return 0, fmt.Errorf("%w: pick among no slots", ErrRange)
	}
	if t >= MaxPickTries {
		return 0, fmt.Errorf("%w: try %d, at most %d tries a height", ErrRange, t, MaxPickTries)
	}
	h := hashParts(r[:], binary.BigEndian.AppendUint32(nil, t))
	return binary.BigEndian.Uint64(h[:8]) % slots, nil
}

// Permutation returns the numbers below n in an order that r decides: for i from n-1 down to 1 the places i and
// u64(SHA256(r || u32 i)[:8]) mod (i+1) are swapped.
func Permutation(r Hash, n uint32) []uint32 {
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	for i := n; i > 1; i-- {
		h := hashParts(r[:], binary.BigEndian.AppendUint32(nil, i-1))
		j := binary.BigEndian.Uint64(h[:8]) % uint64(i)
		order[i-1], order[j] = order[j], order[i-1]
	}
	return order
}

// CoinHits tells whether the first 8 bytes of r are below threshold; CertainCoin always hits.
func CoinHits(r Hash, threshold uint64) bool {
	return threshold == CertainCoin || binary.BigEndian.Uint64(r[:8]) < threshold
}

// CoinThreshold returns floor(2^64 * (1 - (1-p)^(1/m))) for p in basis points: the threshold at each of m
// heights that makes a coin hit at one of them with probability p. It is CertainCoin for p = 1. It returns
// ErrRange unless p is at most 10,000 and m between 1 and 1,000.
func CoinThreshold(probabilityBps, heights uint32) (uint64, error) {
	if probabilityBps > BasisPoints {
		return 0, fmt.Errorf("%w: probability %d basis points", ErrRange, probabilityBps)
	}
	if heights == 0 || heights > 1_000 {
		return 0, fmt.Errorf("%w: coin over %d heights, want 1 to 1000", ErrRange, heights)
	}
	switch probabilityBps {
	case 0:
		return 0, nil
	case BasisPoints:
		return CertainCoin, nil
	}
	// floor(2^64*(1-x)) = 2^64 - ceil(2^64*x), and ceil(2^64*x) is the least miss with 10^4*miss^m >= (10^4-p)*2^(64m).
	target := new(big.Int).Lsh(big.NewInt(int64(BasisPoints-probabilityBps)), uint(64*heights))
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), 64)
	exponent := big.NewInt(int64(heights))
	for low.Cmp(high) < 0 {
		mid := new(big.Int).Add(low, high)
		mid.Rsh(mid, 1)
		power := new(big.Int).Exp(mid, exponent, nil)
		if power.Mul(power, big.NewInt(BasisPoints)).Cmp(target) >= 0 {
			high = mid
		} else {
			low = mid.Add(mid, big.NewInt(1))
		}
	}
	return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 64), high).Uint64(), nil
}
