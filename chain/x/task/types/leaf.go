package types

import "github.com/dmcn/dmcn/chain/protocol"

// Protocol returns the leaf as the protocol encodes it, or ErrInvalidOpening for numbers that have no encoding.
func (l Leaf) Protocol() (protocol.Leaf, error) {
	output, err := protocol.HashFromBytes(l.OutputHash)
	if err != nil {
		return protocol.Leaf{}, ErrInvalidOpening.Wrapf("unit %d: output_hash: %s", l.Unit, err)
	}
	if l.Status > uint32(protocol.StatusInvalidModule) {
		return protocol.Leaf{}, ErrInvalidOpening.Wrapf("unit %d: unknown status %d", l.Unit, l.Status)
	}
	return protocol.Leaf{
		Status:     protocol.Status(l.Status),
		ExitCode:   l.ExitCode,
		Gas:        l.Gas,
		OutputHash: output,
	}, nil
}

// Of returns the proof of an item; the hash of the item's leaf, the root of a tree of one, is not on the wire.
func (p Proof) Of(item []byte) protocol.Proof {
	hash := protocol.MerkleRoot([][]byte{item})
	return protocol.Proof{Total: p.Total, Index: p.Index, LeafHash: hash[:], Aunts: p.Aunts}
}
