package types

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// NewMsgRegisterKey returns the message that registers a key, with the proof that its sender holds the secret.
func NewMsgRegisterKey(operator sdk.ValAddress, key vrf.Key) *MsgRegisterKey {
	return &MsgRegisterKey{
		Operator:   operator.String(),
		PublicKey:  key.Public(),
		Possession: key.Prove(PossessionAlpha(operator)),
	}
}

// CheckPossession returns ErrInvalidKey or ErrNoPossession unless the message proves that its sender holds the key.
func (m *MsgRegisterKey) CheckPossession(operator sdk.ValAddress) error {
	if len(m.PublicKey) != vrf.PublicKeySize {
		return ErrInvalidKey.Wrapf("it has %d bytes, not %d", len(m.PublicKey), vrf.PublicKeySize)
	}
	if len(m.Possession) != vrf.ProofSize {
		return ErrNoPossession.Wrapf("it has %d bytes, not %d", len(m.Possession), vrf.ProofSize)
	}
	if _, ok := vrf.Verify(m.PublicKey, m.Possession, PossessionAlpha(operator)); !ok {
		return ErrNoPossession
	}
	return nil
}
