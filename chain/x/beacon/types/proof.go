package types

import (
	"bytes"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// proofPrefix starts a proof in a block. Its first byte is no field of a protobuf message, so that no transaction
// decodes from such bytes: a proof cannot enter the mempool.
var proofPrefix = []byte("\x00dmcn/beacon/1")

// IsProofTx tells whether bytes of a block claim to be a proof.
func IsProofTx(tx []byte) bool { return bytes.HasPrefix(tx, proofPrefix) }

// EncodeTx returns the bytes of the proof in a block.
func (p Proof) EncodeTx() ([]byte, error) {
	raw, err := p.Marshal()
	if err != nil {
		return nil, err
	}
	return append(append([]byte(nil), proofPrefix...), raw...), nil
}

// DecodeProofTx is the inverse of EncodeTx. It accepts no other encoding of the same proof.
func DecodeProofTx(tx []byte) (Proof, error) {
	raw, ok := bytes.CutPrefix(tx, proofPrefix)
	if !ok {
		return Proof{}, ErrInvalidProofBytes.Wrap("the prefix is missing")
	}
	var proof Proof
	if err := proof.Unmarshal(raw); err != nil {
		return Proof{}, ErrInvalidProofBytes.Wrap(err.Error())
	}
	if len(proof.Proof) != vrf.ProofSize {
		return Proof{}, ErrInvalidProofBytes.Wrapf("the proof has %d bytes, not %d", len(proof.Proof), vrf.ProofSize)
	}
	canonical, err := proof.Marshal()
	if err != nil {
		return Proof{}, err
	}
	if !bytes.Equal(canonical, raw) {
		return Proof{}, ErrInvalidProofBytes.Wrap("not the canonical encoding")
	}
	return proof, nil
}
