package simulation

import (
	"time"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

const (
	gasLimit = 5_000_000
	fee      = 5_000
)

// account is a key pair that follows from its name.
type account struct {
	name string
	key  *secp256k1.PrivKey
	addr sdk.AccAddress
	text string
}

func newAccount(name string) *account {
	key := secp256k1.GenPrivKeyFromSecret([]byte(name))
	addr := sdk.AccAddress(key.PubKey().Address())
	return &account{name: name, key: key, addr: addr, text: addr.String()}
}

// envelope is what a transaction has around its messages.
type envelope struct {
	chainID  string
	number   uint64
	sequence uint64
	// timeout makes the transaction unordered.
	timeout time.Time
	granter string
	gas     uint64
	fee     int64
}

func newEnvelope(number, sequence uint64) envelope {
	return envelope{chainID: apptest.ChainID, number: number, sequence: sequence, gas: gasLimit, fee: fee}
}

// sign returns the bytes of a transaction. It looks at nothing, so that any rubbish can be signed.
func (a *account) sign(t require.TestingT, e envelope, msgs ...sdk.Msg) []byte {
	body := txtypes.TxBody{}
	for _, msg := range msgs {
		packed, err := codectypes.NewAnyWithValue(msg)
		require.NoError(t, err)
		body.Messages = append(body.Messages, packed)
	}
	if !e.timeout.IsZero() {
		body.Unordered, body.TimeoutTimestamp = true, &e.timeout
	}
	public, err := codectypes.NewAnyWithValue(a.key.PubKey())
	require.NoError(t, err)
	direct := &txtypes.ModeInfo{Sum: &txtypes.ModeInfo_Single_{
		Single: &txtypes.ModeInfo_Single{Mode: signing.SignMode_SIGN_MODE_DIRECT},
	}}
	info := txtypes.AuthInfo{
		SignerInfos: []*txtypes.SignerInfo{{PublicKey: public, ModeInfo: direct, Sequence: e.sequence}},
		Fee:         &txtypes.Fee{Amount: udmc(e.fee), GasLimit: e.gas, Granter: e.granter},
	}
	doc := txtypes.SignDoc{ChainId: e.chainID, AccountNumber: e.number}
	doc.BodyBytes, err = body.Marshal()
	require.NoError(t, err)
	doc.AuthInfoBytes, err = info.Marshal()
	require.NoError(t, err)
	signed, err := doc.Marshal()
	require.NoError(t, err)
	signature, err := a.key.Sign(signed)
	require.NoError(t, err)
	raw := txtypes.TxRaw{BodyBytes: doc.BodyBytes, AuthInfoBytes: doc.AuthInfoBytes, Signatures: [][]byte{signature}}
	bytes, err := raw.Marshal()
	require.NoError(t, err)
	return bytes
}

func coin(amount int64) sdk.Coin { return sdk.NewInt64Coin(app.Denom, amount) }

func udmc(amount int64) sdk.Coins { return sdk.NewCoins(coin(amount)) }
