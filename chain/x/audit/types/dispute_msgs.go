package types

import (
	"crypto/sha256"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Check returns ErrTransition of x/task for a batch that is not open, ErrInvalidLeaf unless the leaf is the one that the batch was
// opened with, and ErrInvalidInput unless the input is that of the same unit.
func (m *MsgChallenge) Check(job tasktypes.Job, b tasktypes.Batch) error {
	if b.Opening == nil {
		return tasktypes.ErrTransition.Wrapf("%s is %s: units can be challenged after its opening", b.Label(), b.State.Short())
	}
	batch, position, err := protocol.LocateUnit(job.Spec.Units, job.Spec.BatchSize, m.Leaf.Unit)
	if err != nil || batch != b.Index {
		return ErrInvalidLeaf.Wrapf("unit %d is not of %s", m.Leaf.Unit, b.Label())
	}
	leaf, err := m.Leaf.Protocol()
	if err != nil {
		return ErrInvalidLeaf.Wrap(err.Error())
	}
	root, err := protocol.HashFromBytes(b.Opening.Root)
	if err != nil {
		return ErrInvalidLeaf.Wrap(err.Error())
	}
	item := leaf.Preimage(b.JobId, m.Leaf.Unit)
	if err := protocol.VerifyProof(root, uint64(b.Units), uint64(position), item, m.LeafProof.Of(item)); err != nil {
		return ErrInvalidLeaf.Wrapf("%s unit %d: %s", b.Label(), m.Leaf.Unit, err)
	}
	return checkInput(job, m.Leaf.Unit, m.Input, m.InputProof)
}

// Check returns ErrWrongEpoch of x/task for another epoch, ErrNoInputAwaited unless the batch waits for the input of this
// unit, and ErrInvalidInput unless it is this one.
func (m *MsgPostInput) Check(job tasktypes.Job, b tasktypes.Batch) error {
	switch {
	case b.Epoch != m.Epoch:
		return tasktypes.ErrWrongEpoch.Wrapf("%s, not %d", b.Label(), m.Epoch)
	case b.State != tasktypes.BATCH_STATE_DISPUTED:
		return ErrNoInputAwaited.Wrapf("%s is %s", b.Label(), b.State.Short())
	case b.Disputes[0].Leaf.Unit != m.Unit:
		return ErrNoInputAwaited.Wrapf("%s waits for that of unit %d, not %d", b.Label(), b.Disputes[0].Leaf.Unit, m.Unit)
	}
	return checkInput(job, m.Unit, m.Input, m.Proof)
}

func checkInput(job tasktypes.Job, unit uint32, input []byte, proof tasktypes.Proof) error {
	if len(input) > MaxInput {
		return ErrInvalidInput.Wrapf("%d bytes, at most %d", len(input), MaxInput)
	}
	root, err := protocol.HashFromBytes(job.Spec.InputRoot)
	if err != nil {
		return ErrInvalidInput.Wrap(err.Error())
	}
	item := sha256.Sum256(input)
	if err := protocol.VerifyProof(root, uint64(job.Spec.Units), uint64(unit), item[:], proof.Of(item[:])); err != nil {
		return ErrInvalidInput.Wrapf("job %d unit %d: %s", job.Id, unit, err)
	}
	return nil
}

// Check returns ErrInvalidReferee for a key of another length.
func (m *MsgRegisterReferee) Check() error {
	if len(m.EncryptionKey) != tasktypes.EncryptionKeyLength {
		return ErrInvalidReferee.Wrapf("an encryption key of %d bytes, want %d", len(m.EncryptionKey), tasktypes.EncryptionKeyLength)
	}
	return nil
}
