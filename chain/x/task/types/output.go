package types

import (
	"bytes"
	"crypto/sha256"

	"github.com/dmcn/dmcn/chain/protocol"
)

// Check returns ErrInvalidOutput unless the posted output hashes to the leaf of the demanded unit in the batch's
// opening, and ErrWrongEpoch for another epoch's.
func (m *MsgPostOutput) Check(b Batch, firstUnit uint32) error {
	if err := b.inEpoch(m.Epoch); err != nil {
		return err
	}
	if err := b.in(OutputPosted{}, BATCH_STATE_DEMANDED); err != nil {
		return err
	}
	if m.Leaf.Unit != b.Demand.Unit {
		return ErrInvalidOutput.Wrapf("unit %d, demanded is %d", m.Leaf.Unit, b.Demand.Unit)
	}
	if len(m.Output) > MaxOutput {
		return ErrInvalidOutput.Wrapf("%d bytes, at most %d", len(m.Output), MaxOutput)
	}
	if hash := sha256.Sum256(m.Output); !bytes.Equal(hash[:], m.Leaf.OutputHash) {
		return ErrInvalidOutput.Wrapf("unit %d: it hashes to %x, the leaf says %x", m.Leaf.Unit, hash, m.Leaf.OutputHash)
	}
	leaf, err := m.Leaf.Protocol()
	if err != nil {
		return ErrInvalidOutput.Wrap(err.Error())
	}
	root, err := protocol.HashFromBytes(b.Opening.Root)
	if err != nil {
		return ErrInvalidOutput.Wrap(err.Error())
	}
	item, position := leaf.Preimage(b.JobId, m.Leaf.Unit), uint64(m.Leaf.Unit-firstUnit)
	if err := protocol.VerifyProof(root, uint64(b.Units), position, item, m.Proof.Of(item)); err != nil {
		return ErrInvalidOutput.Wrapf("unit %d: %s", m.Leaf.Unit, err)
	}
	return nil
}
