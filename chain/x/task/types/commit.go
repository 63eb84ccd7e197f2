package types

import (
	"cosmossdk.io/core/address"

	"github.com/dmcn/dmcn/chain/protocol"
)

// Kinds of wrapped keys.
const (
	KeyKindLeaves  = 0
	KeyKindOutputs = 1
)

// Check returns ErrInvalidCommit unless the commit's parts have the form that a batch of units needs. The job's
// requester must be able to read the outputs, so one of the wrapped keys has to be for it.
func (m *MsgCommit) Check(units uint32, requester string, codec address.Codec) error {
	for _, h := range []struct {
		name  string
		value []byte
	}{{"commitment", m.Commitment}, {"outputs_hash", m.OutputsHash}} {
		if len(h.value) != protocol.HashLength {
			return ErrInvalidCommit.Wrapf("%s has %d bytes, want %d", h.name, len(h.value), protocol.HashLength)
		}
	}
	if want := protocol.SealedLeavesLength(units); len(m.SealedLeaves) != want {
		return ErrInvalidCommit.Wrapf("sealed_leaves has %d bytes, want %d for %d units", len(m.SealedLeaves), want, units)
	}
	if err := CheckLocators(m.Locators); err != nil {
		return ErrInvalidCommit.Wrap(err.Error())
	}
	return m.checkKeys(requester, codec)
}

// KeyRecipients are the accounts that hold K and may open.
func (m *MsgCommit) KeyRecipients() []string {
	var recipients []string
	for _, k := range m.WrappedKeys {
		if k.Kind == KeyKindLeaves {
			recipients = append(recipients, k.Recipient)
		}
	}
	return recipients
}

func (m *MsgCommit) checkKeys(requester string, codec address.Codec) error {
	if len(m.WrappedKeys) > MaxWrappedKeys {
		return ErrInvalidCommit.Wrapf("%d wrapped keys, at most %d", len(m.WrappedKeys), MaxWrappedKeys)
	}
	type recipient struct {
		kind    uint32
		address string
	}
	seen := map[recipient]bool{}
	for i, k := range m.WrappedKeys {
		switch {
		case k.Kind > KeyKindOutputs:
			return ErrInvalidCommit.Wrapf("wrapped key %d is of kind %d, want 0 or 1", i, k.Kind)
		case len(k.Data) != protocol.WrappedKeyLength:
			return ErrInvalidCommit.Wrapf("wrapped key %d has %d bytes, want %d", i, len(k.Data), protocol.WrappedKeyLength)
		case seen[recipient{k.Kind, k.Recipient}]:
			return ErrInvalidCommit.Wrapf("wrapped key %d is a second one for %s", i, k.Recipient)
		}
		if _, err := codec.StringToBytes(k.Recipient); err != nil {
			return ErrInvalidCommit.Wrapf("wrapped key %d: %s", i, err)
		}
		seen[recipient{k.Kind, k.Recipient}] = true
	}
	if !seen[recipient{KeyKindOutputs, requester}] {
		return ErrInvalidCommit.Wrapf("no wrapped key of kind 1 for the requester %s", requester)
	}
	return nil
}
