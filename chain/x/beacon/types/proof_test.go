package types_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	txtypes "github.com/cosmos/cosmos-sdk/types/tx"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

func TestProofTxHasOneEncoding(t *testing.T) {
	proof := types.Proof{Height: 9, Proof: bytes.Repeat([]byte{5}, 80)}
	raw, err := proof.EncodeTx()
	require.NoError(t, err)
	require.True(t, types.IsProofTx(raw))
	decoded, err := types.DecodeProofTx(raw)
	require.NoError(t, err)
	require.Equal(t, proof, decoded)

	for name, bad := range map[string][]byte{
		"no prefix":          raw[1:],
		"cut":                raw[:len(raw)-1],
		"trailing field":     append(bytes.Clone(raw), 0x18, 1),
		"explicit zero":      append([]byte("\x00dmcn/beacon/1\x08\x00"), raw[len("\x00dmcn/beacon/1")+2:]...),
		"short proof":        mustEncode(t, types.Proof{Height: 9, Proof: make([]byte, 79)}),
		"not a protobuf":     []byte("\x00dmcn/beacon/1\xff"),
		"prefix and nothing": []byte("\x00dmcn/beacon/1"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeProofTx(bad)
			require.ErrorIs(t, err, types.ErrInvalidProofBytes)
		})
	}
}

func TestProofTxIsNoTransaction(t *testing.T) {
	raw := mustEncode(t, types.Proof{Height: 9, Proof: bytes.Repeat([]byte{5}, 80)})
	require.Error(t, new(txtypes.TxRaw).Unmarshal(raw))
	require.False(t, types.IsProofTx([]byte{0x0a, 0x00}))
	require.False(t, types.IsProofTx(nil))
}

func mustEncode(t *testing.T, proof types.Proof) []byte {
	t.Helper()
	raw, err := proof.EncodeTx()
	require.NoError(t, err)
	return raw
}
