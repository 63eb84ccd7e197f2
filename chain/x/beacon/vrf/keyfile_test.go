package vrf_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

func TestKeyFileKeepsOldKeys(t *testing.T) {
	file := vrf.KeyFileIn(t.TempDir())
	_, err := file.Newest()
	require.ErrorIs(t, err, os.ErrNotExist)

	first, err := file.EnsureKey()
	require.NoError(t, err)
	again, err := file.EnsureKey()
	require.NoError(t, err)
	require.Equal(t, first.Public(), again.Public(), "a key that exists is kept")

	second, err := vrf.GenerateKey()
	require.NoError(t, err)
	require.NoError(t, file.Add(second))
	newest, err := file.Newest()
	require.NoError(t, err)
	require.Equal(t, second.Public(), newest.Public())

	for _, key := range []vrf.Key{first, second} {
		proof, err := file.Prove(key.Public(), []byte("alpha"))
		require.NoError(t, err)
		require.Equal(t, key.Prove([]byte("alpha")), proof)
	}
	info, err := os.Stat(file.Path())
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestKeyFileTellsWhatIsWrong(t *testing.T) {
	file := vrf.KeyFileIn(t.TempDir())
	_, err := file.EnsureKey()
	require.NoError(t, err)
	other, err := vrf.GenerateKey()
	require.NoError(t, err)
	_, err = file.Prove(other.Public(), nil)
	require.ErrorIs(t, err, vrf.ErrNoKey)

	for _, content := range []string{"", "[]", `{"keys":[{"secret":"AAAA"}]}`} {
		require.NoError(t, os.WriteFile(file.Path(), []byte(content), 0o600))
		_, err = file.Newest()
		require.ErrorContains(t, err, file.Path())
	}
	require.NoError(t, os.WriteFile(file.Path(), []byte(`{"keys":[]}`), 0o600))
	_, err = file.Newest()
	require.ErrorIs(t, err, vrf.ErrNoKey)
}
