package unit

import (
	"crypto/sha256"
	"encoding/binary"
)

const randomTag = "dmcn/rand/1"

// random is the stream that random_get reads: block j is SHA256(seed || u64 j).
type random struct {
	seed [sha256.Size]byte
	next uint64
	rest []byte
}

func newRandom(moduleID, input []byte, index uint32) *random {
	inputHash := sha256.Sum256(input)
	preimage := append([]byte(randomTag), moduleID...)
	preimage = append(preimage, inputHash[:]...)
	return &random{seed: sha256.Sum256(binary.BigEndian.AppendUint32(preimage, index))}
}

func (r *random) fill(target []byte) {
	for len(target) > 0 {
		if len(r.rest) == 0 {
			block := sha256.Sum256(binary.BigEndian.AppendUint64(r.seed[:], r.next))
			r.next++
			r.rest = block[:]
		}
		n := copy(target, r.rest)
		target, r.rest = target[n:], r.rest[n:]
	}
}
