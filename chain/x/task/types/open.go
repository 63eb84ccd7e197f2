package types

import (
	"errors"

	"github.com/dmcn/dmcn/chain/protocol"
)

// Verify recomputes what a batch's worker committed to and returns the root of its leaves. Errors are
// ErrInvalidOpening for what no run can have produced, ErrOpeningMismatch for what was not committed.
func (m *MsgOpen) Verify(b Batch, firstUnit uint32, gasLimit uint64, worker []byte) ([]byte, error) {
	if len(m.Leaves) != int(b.Units) {
		return nil, ErrInvalidOpening.Wrapf("%d leaves, the batch has %d units", len(m.Leaves), b.Units)
	}
	opening := protocol.Opening{GasTotal: m.GasTotal, Leaves: make([]protocol.Leaf, len(m.Leaves))}
	for i, l := range m.Leaves {
		if want := firstUnit + uint32(i); l.Unit != want {
			return nil, ErrInvalidOpening.Wrapf("leaf %d is of unit %d, want %d", i, l.Unit, want)
		}
		leaf, err := l.Protocol()
		if err != nil {
			return nil, err
		}
		opening.Leaves[i] = leaf
	}
	var err error
	if opening.Key, err = protocol.KeyFromBytes(m.Key); err != nil {
		return nil, ErrInvalidOpening.Wrap(err.Error())
	}
	commitment, err := protocol.HashFromBytes(b.Commitment.Commitment)
	if err != nil {
		return nil, ErrInvalidOpening.Wrap(err.Error())
	}
	owner, err := protocol.AccountFromBytes(worker)
	if err != nil {
		return nil, ErrInvalidOpening.Wrap(err.Error())
	}
	lease := protocol.LeaseID{Worker: owner, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	root, err := opening.Verify(commitment, lease, firstUnit, gasLimit)
	if errors.Is(err, protocol.ErrOpening) {
		return nil, ErrOpeningMismatch.Wrap(err.Error())
	}
	if err != nil {
		return nil, ErrInvalidOpening.Wrap(err.Error())
	}
	return root[:], nil
}
