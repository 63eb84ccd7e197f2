package protocol

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

const (
	commitTag = "dmcn/commit/1"
	auditTag  = "dmcn/audit/1"
	voteTag   = "dmcn/vote/1"

	// WrappedKeyLength is the length of a wrapped key, the KEM's `enc` of 32 bytes and the key with its AEAD tag.
	WrappedKeyLength = 32 + KeyLength + aeadTagLength

	aeadTagLength = 16
)

// ErrOpening is wrapped by errors about an opening that does not match its commitment.
var ErrOpening = errors.New("opening does not match the commitment")

// Opening is what a batch's opener shows: the key K, the claimed sum of gas, and every leaf in order.
type Opening struct {
	Key      Key
	GasTotal uint64
	Leaves   []Leaf
}

// Commitment hides a batch's root and gas under K until the opening.
func Commitment(lease LeaseID, key Key, root Hash, gasTotal uint64) Hash {
	b := make([]byte, 0, len(commitTag)+KeyLength+HashLength+8+AccountLength+16)
	b = append(b, commitTag...)
	b = append(b, key[:]...)
	b = append(b, root[:]...)
	b = binary.BigEndian.AppendUint64(b, gasTotal)
	b = append(b, lease.Bytes()...)
	return sha256.Sum256(b)
}

// Verify recomputes root, gas sum and commitment, and returns the root. firstUnit is the batch's first unit
// and gasLimit the job's limit a unit; the caller has compared the number of leaves with the batch's length.
// Errors wrap ErrInvalidLeaf, ErrGasOverflow or ErrOpening.
func (o Opening) Verify(commitment Hash, lease LeaseID, firstUnit uint32, gasLimit uint64) (Hash, error) {
	for i, l := range o.Leaves {
		if err := l.Validate(gasLimit); err != nil {
			return Hash{}, fmt.Errorf("unit %d: %w", firstUnit+uint32(i), err)
		}
	}
	gas, err := SumGas(o.Leaves)
	if err != nil {
		return Hash{}, err
	}
	if gas != o.GasTotal {
		return Hash{}, fmt.Errorf("%w: the leaves' gas is %d, the opening says %d", ErrOpening, gas, o.GasTotal)
	}
	root := BatchRoot(lease.Job, firstUnit, o.Leaves)
	if Commitment(lease, o.Key, root, gas) != commitment {
		return Hash{}, fmt.Errorf("%w: key, leaves or lease differ", ErrOpening)
	}
	return root, nil
}

// SealedLeavesLength is the length of the sealed leaves of a batch of the given real length.
func SealedLeavesLength(units uint32) int {
	return int(units)*LeafRecordLength + aeadTagLength
}

// AuditHash is what an auditor posts for a sampled unit; leaf is the preimage that it computed itself.
func AuditHash(auditor Account, leaf []byte) Hash {
	return hashParts([]byte(auditTag), auditor[:], leaf)
}

// VoteHash is a referee's vote before its reveal; leaf is the preimage that it computed.
func VoteHash(salt [32]byte, valoper Account, dispute uint64, leaf []byte) Hash {
	return hashParts([]byte(voteTag), salt[:], valoper[:], binary.BigEndian.AppendUint64(nil, dispute), leaf)
}

func hashParts(parts ...[]byte) (out Hash) {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(out[:0])
	return out
}
