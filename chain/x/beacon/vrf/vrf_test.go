package vrf_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// Examples 19 to 21 of RFC 9381, appendix B.4.
var vectors = []struct{ name, secret, public, alpha, proof, output string }{
	{
		"example 19",
		"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
		"",
		"7d9c633ffeee27349264cf5c667579fc583b4bda63ab71d001f89c10003ab46f14adf9a3cd8b8412d9038531e865c341" +
			"cafa73589b023d14311c331a9ad15ff2fb37831e00f0acaa6d73bc9997b06501",
		"9d574bf9b8302ec0fc1e21c3ec5368269527b87b462ce36dab2d14ccf80c53cc" +
			"cf6758f058c5b1c856b116388152bbe509ee3b9ecfe63d93c3b4346c1fbc6c54",
	},
	{
		"example 20",
		"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
		"72",
		"47b327393ff2dd81336f8a2ef10339112401253b3c714eeda879f12c509072ef055b48372bb82efbdce8e10c8cb9a2f9" +
			"d60e93908f93df1623ad78a86a028d6bc064dbfc75a6a57379ef855dc6733801",
		"38561d6b77b71d30eb97a062168ae12b667ce5c28caccdf76bc88e093e463598" +
			"7cd96814ce55b4689b3dd2947f80e59aac7b7675f8083865b46c89b2ce9cc735",
	},
	{
		"example 21",
		"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
		"af82",
		"926e895d308f5e328e7aa159c06eddbe56d06846abf5d98c2512235eaa57fdce35b46edfc655bc828d44ad09d1150f31" +
			"374e7ef73027e14760d42e77341fe05467bb286cc2c9d7fde29120a0b2320d04",
		"121b7f9b9aaaa29099fc04a94ba52784d44eac976dd1a3cca458733be5cd090a" +
			"7b5fbd148444f17f8daf1fb55cb04b1ae85a626e30a54b4b0f8abf4a43314a58",
	},
}

func TestRFC9381Vectors(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			key, err := vrf.KeyFromSecret(unhex(t, v.secret))
			require.NoError(t, err)
			require.Equal(t, unhex(t, v.public), key.Public())
			require.Equal(t, unhex(t, v.secret), key.Secret())
			require.Equal(t, unhex(t, v.proof), key.Prove(unhex(t, v.alpha)))

			output, ok := vrf.Verify(unhex(t, v.public), unhex(t, v.proof), unhex(t, v.alpha))
			require.True(t, ok)
			require.Equal(t, unhex(t, v.output), output)
		})
	}
}

func TestVerifyRefusesEveryOtherBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, err := vrf.KeyFromSecret(rapid.SliceOfN(rapid.Byte(), vrf.SecretSize, vrf.SecretSize).Draw(t, "secret"))
		require.NoError(t, err)
		alpha := rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(t, "alpha")
		parts := [][]byte{key.Public(), key.Prove(alpha), alpha}
		_, ok := vrf.Verify(parts[0], parts[1], parts[2])
		require.True(t, ok)

		part := parts[rapid.IntRange(0, 2).Draw(t, "part")]
		bit := rapid.IntRange(0, 8*len(part)-1).Draw(t, "bit")
		part[bit/8] ^= 1 << (bit % 8)
		_, ok = vrf.Verify(parts[0], parts[1], parts[2])
		require.False(t, ok)
	})
}

func TestVerifyRefusesOddLengths(t *testing.T) {
	key, err := vrf.GenerateKey()
	require.NoError(t, err)
	proof := key.Prove(nil)
	for _, broken := range [][2][]byte{
		{nil, proof},
		{key.Public()[1:], proof},
		{key.Public(), nil},
		{key.Public(), proof[1:]},
		{key.Public(), append(proof, 0)},
		{make([]byte, vrf.PublicKeySize), proof},
	} {
		_, ok := vrf.Verify(broken[0], broken[1], nil)
		require.False(t, ok)
	}
	_, err = vrf.KeyFromSecret(make([]byte, 31))
	require.Error(t, err)
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}
