// Package vrf is the verifiable random function of the beacon: ECVRF-EDWARDS25519-SHA512-ELL2 of RFC 9381.
//
// It wraps curve25519-voi, whose Prove and Verify implement draft-irtf-cfrg-vrf from version 11 on (the public key
// is part of the challenge), which is what became RFC 9381; its test vectors 19 to 21 run in this package's tests.
// Verification always validates the key, so that full uniqueness and full collision resistance hold.
package vrf

import (
	"crypto/rand"
	"fmt"

	"github.com/oasisprotocol/curve25519-voi/primitives/ed25519"
	"github.com/oasisprotocol/curve25519-voi/primitives/ed25519/extra/ecvrf"
)

const (
	// PublicKeySize is the length of a public key in bytes.
	PublicKeySize = ed25519.PublicKeySize
	// SecretSize is the length of a secret key in bytes.
	SecretSize = ed25519.SeedSize
	// ProofSize is the length of a proof in bytes.
	ProofSize = ecvrf.ProofSize
	// OutputSize is the length of an output in bytes.
	OutputSize = ecvrf.OutputSize
)

// Key is a secret key with its public key.
type Key struct {
	private ed25519.PrivateKey
}

// GenerateKey returns a new random key.
func GenerateKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("generate a VRF key: %w", err)
	}
	return Key{private}, nil
}

// KeyFromSecret returns the key of a secret of SecretSize bytes.
func KeyFromSecret(secret []byte) (Key, error) {
	if len(secret) != SecretSize {
		return Key{}, fmt.Errorf("a VRF secret has %d bytes, not %d", SecretSize, len(secret))
	}
	return Key{ed25519.NewKeyFromSeed(secret)}, nil
}

// Public returns the public key, PublicKeySize bytes.
func (k Key) Public() []byte { return append([]byte(nil), k.private[SecretSize:]...) }

// Secret returns the secret, SecretSize bytes.
func (k Key) Secret() []byte { return append([]byte(nil), k.private[:SecretSize]...) }

// Prove returns the proof for the input alpha, ProofSize bytes. The same key and input give the same proof.
func (k Key) Prove(alpha []byte) []byte { return ecvrf.Prove(k.private, alpha) }

// Verify returns the output, OutputSize bytes, that proof shows for the input alpha under a public key, and whether
// the proof is right.
func Verify(publicKey, proof, alpha []byte) ([]byte, bool) {
	ok, output := ecvrf.Verify(publicKey, proof, alpha)
	return output, ok
}
