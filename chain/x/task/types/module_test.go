package types

import (
	"bytes"
	"compress/gzip"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func zip(t *testing.T, chunk []byte, times int) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for range times {
		_, err := w.Write(chunk)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// TestInflateBomb inflates 128 MiB from a few KiB and must not take the memory for it.
func TestInflateBomb(t *testing.T) {
	bomb := zip(t, make([]byte, 1<<20), 128)
	require.Less(t, len(bomb), MaxModuleWire)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Inflate(bomb)
	runtime.ReadMemStats(&after)
	require.ErrorIs(t, err, ErrModuleTooLarge)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16<<20))
}

func TestInflate(t *testing.T) {
	raw := append(bytes.Clone(wasmHeader), "rest"...)
	got, err := Inflate(zip(t, raw, 1))
	require.NoError(t, err)
	require.Equal(t, raw, got)
	_, err = Inflate(zip(t, raw[:7], 1))
	require.ErrorIs(t, err, ErrInvalidModule)
}
