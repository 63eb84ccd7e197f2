package protocol

import (
	"errors"
	"fmt"
	"math"

	"github.com/cometbft/cometbft/crypto/merkle"
)

// ErrInvalidProof is wrapped by every error of VerifyProof.
var ErrInvalidProof = errors.New("invalid Merkle proof")

// Proof shows that an item stands at Index of a tree over Total items, as cometbft/crypto/merkle's proof does.
type Proof struct {
	Total    uint64
	Index    uint64
	LeafHash []byte
	Aunts    [][]byte
}

// MerkleRoot returns the RFC 6962 root over items; without items it is SHA256("").
func MerkleRoot(items [][]byte) Hash {
	return Hash(merkle.HashFromByteSlices(items))
}

// BatchRoot returns the root over the preimages of a batch's leaves, the first of which is unit firstUnit.
func BatchRoot(job uint64, firstUnit uint32, leaves []Leaf) Hash {
	items := make([][]byte, len(leaves))
	for i, l := range leaves {
		items[i] = l.Preimage(job, firstUnit+uint32(i))
	}
	return MerkleRoot(items)
}

// MerkleProof returns the proof of items[index]; it returns ErrRange if there is no such item.
func MerkleProof(items [][]byte, index int) (Proof, error) {
	if index < 0 || index >= len(items) {
		return Proof{}, fmt.Errorf("%w: item %d of %d", ErrRange, index, len(items))
	}
	_, proofs := merkle.ProofsFromByteSlices(items)
	p := proofs[index]
	return Proof{Total: uint64(p.Total), Index: uint64(p.Index), LeafHash: p.LeafHash, Aunts: p.Aunts}, nil
}

// VerifyProof returns ErrInvalidProof unless p shows that item stands at index of the tree over total items
// with the given root. A proof made for another total or index is refused, whatever it hashes to.
func VerifyProof(root Hash, total, index uint64, item []byte, p Proof) error {
	if p.Total != total || p.Index != index {
		return fmt.Errorf("%w: made for item %d of %d, want item %d of %d", ErrInvalidProof, p.Index, p.Total, index, total)
	}
	if index >= total || total > math.MaxInt64 {
		return fmt.Errorf("%w: no item %d in a tree of %d", ErrInvalidProof, index, total)
	}
	proof := merkle.Proof{Total: int64(total), Index: int64(index), LeafHash: p.LeafHash, Aunts: p.Aunts}
	if err := proof.ValidateBasic(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	if err := proof.Verify(root[:], item); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	return nil
}
