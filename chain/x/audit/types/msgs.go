package types

import (
	"bytes"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Check returns ErrAlreadyPosted, ErrNotAuditor, ErrLate of x/task, or ErrInvalidAudit unless the worker of an owner can
// post this at a height.
func (m *MsgPostAudit) Check(a Audit, owner string, height int64) error {
	switch {
	case a.Posted() && a.Auditor == owner:
		return ErrAlreadyPosted.Wrapf("%s at height %d", a.Label(), a.PostedHeight)
	case a.State != AUDIT_STATE_DRAWN || a.Auditor != owner:
		return ErrNotAuditor.Wrapf("%s is %s, worker %s", a.Label(), a.State.Short(), owner)
	case height > a.Deadline:
		return tasktypes.ErrLate.Wrapf("%s: deadline %d, this is height %d", a.Label(), a.Deadline, height)
	case len(m.Hashes) != len(a.Units):
		return ErrInvalidAudit.Wrapf("%d hashes for %d units", len(m.Hashes), len(a.Units))
	}
	for i, h := range m.Hashes {
		if len(h) != protocol.HashLength {
			return ErrInvalidAudit.Wrapf("hash %d has %d bytes, want %d", i, len(h), protocol.HashLength)
		}
	}
	return nil
}

// Check returns ErrInvalidKey unless the key, with root and gas, is what the batch's worker committed to.
func (m *MsgShowKey) Check(b tasktypes.Batch, worker protocol.Account) error {
	key, err := protocol.KeyFromBytes(m.Key)
	if err != nil {
		return ErrInvalidKey.Wrap(err.Error())
	}
	root, err := protocol.HashFromBytes(m.Root)
	if err != nil {
		return ErrInvalidKey.Wrap(err.Error())
	}
	lease := protocol.LeaseID{Worker: worker, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	commitment := protocol.Commitment(lease, key, root, m.GasTotal)
	if !bytes.Equal(commitment[:], b.Commitment.Commitment) {
		return ErrInvalidKey.Wrapf("%s: key, root, gas or lease differ from the commitment", b.Label())
	}
	return nil
}

// CompareWith returns the units whose posted hash is not that of the opened leaf, and the gas of all of them.
func (a Audit) CompareWith(auditor protocol.Account, leaves map[uint32]tasktypes.Leaf) (units []uint32, gas uint64, err error) {
	for i, unit := range a.Units {
		leaf, err := leaves[unit].Protocol()
		if err != nil {
			return nil, 0, err
		}
		gas += leaf.Gas
		hash := protocol.AuditHash(auditor, leaf.Preimage(a.JobId, unit))
		if !bytes.Equal(hash[:], a.Hashes[i]) {
			units = append(units, unit)
		}
	}
	return units, gas, nil
}
