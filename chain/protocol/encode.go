package protocol

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

const (
	// AccountLength is the number of raw bytes of an account in every encoding.
	AccountLength = 20
	// HashLength is the number of bytes of a SHA-256 digest.
	HashLength = sha256.Size
	// KeyLength is the number of bytes of a batch's keys K and K_out.
	KeyLength = 32
)

// ErrLength is wrapped by errors about byte strings of a wrong length.
var ErrLength = errors.New("wrong length")

// Account is an address as the raw bytes that enter encodings, without its bech32 form.
type Account [AccountLength]byte

// Hash is a SHA-256 digest.
type Hash [HashLength]byte

// Key is a batch's symmetric key: K seals the leaves, K_out the outputs.
type Key [KeyLength]byte

// AccountFromBytes copies b into an Account; it returns ErrLength unless b has 20 bytes.
func AccountFromBytes(b []byte) (a Account, err error) {
	err = fill(a[:], b, "account")
	return a, err
}

// HashFromBytes copies b into a Hash; it returns ErrLength unless b has 32 bytes.
func HashFromBytes(b []byte) (h Hash, err error) {
	err = fill(h[:], b, "hash")
	return h, err
}

// KeyFromBytes copies b into a Key; it returns ErrLength unless b has 32 bytes.
func KeyFromBytes(b []byte) (k Key, err error) {
	err = fill(k[:], b, "key")
	return k, err
}

// LeaseID names one lease: the owner account of its worker, the batch, and the lease's number on that batch.
type LeaseID struct {
	Worker Account
	Job    uint64
	Batch  uint32
	Epoch  uint32
}

// Bytes returns `worker || u64 job || u32 batch || u32 epoch`, which is also the associated data of the
// lease's sealed leaves and outputs.
func (l LeaseID) Bytes() []byte {
	b := make([]byte, 0, AccountLength+16)
	b = append(b, l.Worker[:]...)
	b = binary.BigEndian.AppendUint64(b, l.Job)
	b = binary.BigEndian.AppendUint32(b, l.Batch)
	return binary.BigEndian.AppendUint32(b, l.Epoch)
}

func fill(dst, src []byte, what string) error {
	if len(src) != len(dst) {
		return fmt.Errorf("%w: %s has %d bytes, want %d", ErrLength, what, len(src), len(dst))
	}
	copy(dst, src)
	return nil
}
