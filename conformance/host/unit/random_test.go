package unit

import (
	"crypto/sha256"
	"slices"
	"testing"
)

// The stream as the profile's text puts it, block by block.
func TestRandomStream(t *testing.T) {
	moduleID, input := sha256.Sum256([]byte("module")), []byte("some input")
	inputHash := sha256.Sum256(input)
	seed := sha256.Sum256(slices.Concat([]byte("dmcn/rand/1"), moduleID[:], inputHash[:], []byte{1, 2, 3, 4}))
	var want []byte
	for j := range byte(3) {
		block := sha256.Sum256(slices.Concat(seed[:], []byte{0, 0, 0, 0, 0, 0, 0, j}))
		want = append(want, block[:]...)
	}
	stream := newRandom(moduleID[:], input, 0x01020304)
	got := make([]byte, len(want))
	for _, part := range [][]byte{got[:1], got[1:1], got[1:40], got[40:64], got[64:]} {
		stream.fill(part)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %x instead of %x", got, want)
	}
}
