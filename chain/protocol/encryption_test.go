package protocol_test

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/chacha20poly1305"

	"github.com/dmcn/dmcn/chain/protocol"
)

// The chain itself opens none of these; the tests read what workers and requesters write with other libraries.

func nonce(counter uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 4), counter)
}

func batchCipher(t *testing.T, key octets) cipher.AEAD {
	t.Helper()
	aead, err := chacha20poly1305.New(key)
	require.NoError(t, err)
	return aead
}

func TestSealedLeaves(t *testing.T) {
	var golden struct {
		Cases []struct {
			Name   string
			Lease  leaseCase
			Key    octets
			Leaves []leafCase
			Sealed octets
		}
	}
	goldenCases(t, "sealed-leaves", &golden)
	require.NotEmpty(t, golden.Cases)
	for _, c := range golden.Cases {
		t.Run(c.Name, func(t *testing.T) {
			opened, err := batchCipher(t, c.Key).Open(nil, nonce(1<<32), c.Sealed, c.Lease.id(t).Bytes())
			require.NoError(t, err)
			var records []byte
			for _, leaf := range leavesOf(t, c.Leaves) {
				records = append(records, leaf.Record()...)
			}
			require.Equal(t, records, opened)
			require.Len(t, c.Sealed, protocol.SealedLeavesLength(uint32(len(c.Leaves))))
		})
	}
}

func TestOutputs(t *testing.T) {
	var golden struct {
		Cases []struct {
			Name        string
			Lease       leaseCase
			Key         octets
			FirstUnit   uint64
			Outputs     []octets
			Bundle      octets
			OutputsHash octets
		}
	}
	goldenCases(t, "outputs", &golden)
	require.NotEmpty(t, golden.Cases)
	for _, c := range golden.Cases {
		t.Run(c.Name, func(t *testing.T) {
			require.Equal(t, c.OutputsHash.hash(t), protocol.Hash(sha256.Sum256(c.Bundle)))
			rest := []byte(c.Bundle)
			for i, output := range c.Outputs {
				length := binary.BigEndian.Uint32(rest)
				ciphertext := rest[4 : 4+length]
				rest = rest[4+length:]
				opened, err := batchCipher(t, c.Key).Open([]byte{}, nonce(c.FirstUnit+uint64(i)), ciphertext, c.Lease.id(t).Bytes())
				require.NoError(t, err)
				require.Equal(t, []byte(output), opened)
			}
			require.Empty(t, rest)
		})
	}
}

func TestWrappedKey(t *testing.T) {
	var golden struct {
		Cases []struct {
			Name       string
			Kind       string
			ChainID    string
			Job        uint64 `json:",string"`
			Batch      uint32
			Epoch      uint32
			Recipient  octets
			Seed       octets
			PrivateKey octets
			PublicKey  octets
			Key        octets
			Info       octets
			Wrapped    octets
		}
	}
	goldenCases(t, "wrapped-key", &golden)
	require.NotEmpty(t, golden.Cases)
	kinds := map[string]byte{"leaf": 0, "output": 1}
	kem := hpke.DHKEM(ecdh.X25519())
	for _, c := range golden.Cases {
		t.Run(c.Name, func(t *testing.T) {
			info := append([]byte("dmcn/wrap/1"), kinds[c.Kind])
			info = binary.BigEndian.AppendUint16(info, uint16(len(c.ChainID)))
			info = append(info, c.ChainID...)
			info = binary.BigEndian.AppendUint64(info, c.Job)
			info = binary.BigEndian.AppendUint32(info, c.Batch)
			info = binary.BigEndian.AppendUint32(info, c.Epoch)
			info = append(info, c.Recipient...)
			require.Equal(t, []byte(c.Info), info)

			derived, err := kem.DeriveKeyPair(c.Seed)
			require.NoError(t, err)
			private, err := kem.NewPrivateKey(c.PrivateKey)
			require.NoError(t, err)
			require.Equal(t, []byte(c.PublicKey), derived.PublicKey().Bytes())
			require.Equal(t, []byte(c.PublicKey), private.PublicKey().Bytes())

			key, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, c.Wrapped)
			require.NoError(t, err)
			require.Equal(t, []byte(c.Key), key)
			require.Len(t, c.Wrapped, protocol.WrappedKeyLength)
		})
	}
}
