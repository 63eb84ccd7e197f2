package app_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

const (
	gasLimit = 15_000_000
	fee      = 15_000
)

// ledger is a network with people on it. After each block it checks that all balances add up to the supply, that the
// supply changed by what was minted and burned only, and the invariants of the modules.
type ledger struct {
	*testing.T
	*apptest.Network
	keys   map[string]*secp256k1.PrivKey
	payers map[string]string
	supply math.Int
	events []abci.Event
	// madeUp tells that the outputs of first epochs are not what was computed.
	madeUp bool
}

// newLedger starts a network of two validators and gives coins to the named accounts.
func newLedger(t *testing.T, coins int64, names ...string) *ledger {
	t.Helper()
	l := &ledger{T: t, Network: apptest.New(t, 2), keys: map[string]*secp256k1.PrivKey{}, payers: map[string]string{}}
	l.Block(0)
	l.supply = l.app().BankKeeper.GetSupply(l.ctx(), app.Denom).Amount
	l.decide(l.gifts(coins, names))
	return l
}

func (l *ledger) app() *app.App    { return l.Apps[0] }
func (l *ledger) ctx() sdk.Context { return l.app().NewContext(true) }

func (l *ledger) key(name string) *secp256k1.PrivKey {
	if l.keys[name] == nil {
		l.keys[name] = secp256k1.GenPrivKeyFromSecret([]byte(name))
	}
	return l.keys[name]
}

func (l *ledger) addr(name string) sdk.AccAddress {
	return sdk.AccAddress(l.key(name).PubKey().Address())
}
func (l *ledger) named(name string) string { return l.addr(name).String() }

func (l *ledger) balance(name string) int64 {
	return l.app().BankKeeper.GetBalance(l.ctx(), l.addr(name), app.Denom).Amount.Int64()
}

// gifts is a transaction of the first validator's operator.
func (l *ledger) gifts(coins int64, names []string) []byte {
	l.Helper()
	keys, err := keyring.New(app.Name, keyring.BackendTest, l.Home(0), nil, l.app().AppCodec())
	require.NoError(l, err)
	record, err := keys.Key("validator")
	require.NoError(l, err)
	from, err := record.GetAddress()
	require.NoError(l, err)
	msgs := make([]sdk.Msg, len(names))
	for i, name := range names {
		msgs[i] = banktypes.NewMsgSend(from, l.addr(name), sdk.NewCoins(sdk.NewInt64Coin(app.Denom, coins)))
	}
	factory := tx.Factory{}.WithTxConfig(l.app().TxConfig()).WithKeybase(keys).WithChainID(apptest.ChainID).
		WithAccountNumber(l.app().AccountKeeper.GetAccount(l.ctx(), from).GetAccountNumber()).WithGas(gasLimit).
		WithUnordered(true).WithTimeoutTimestamp(l.Time.Add(time.Minute))
	builder, err := factory.BuildUnsignedTx(msgs...)
	require.NoError(l, err)
	require.NoError(l, tx.Sign(l.Context(), factory, "validator", builder, true))
	raw, err := l.app().TxConfig().TxEncoder()(builder.GetTx())
	require.NoError(l, err)
	return raw
}

// signed is a transaction of a named account, whose fee is paid by itself or by whoever granted it one.
func (l *ledger) signed(name string, msgs ...sdk.Msg) []byte {
	l.Helper()
	return l.signedFor(name, gasLimit, fee, msgs...)
}

// signedFor is the same with a limit of gas and a fee of its own.
func (l *ledger) signedFor(name string, gas uint64, fee int64, msgs ...sdk.Msg) []byte {
	l.Helper()
	account := l.app().AccountKeeper.GetAccount(l.ctx(), l.addr(name))
	require.NotNil(l, account, name)
	builder := l.app().TxConfig().NewTxBuilder()
	require.NoError(l, builder.SetMsgs(msgs...))
	builder.SetGasLimit(gas)
	builder.SetFeeAmount(sdk.NewCoins(sdk.NewInt64Coin(app.Denom, fee)))
	if payer, ok := l.payers[name]; ok {
		builder.SetFeeGranter(l.addr(payer))
	}
	key, mode := l.key(name), signing.SignMode_SIGN_MODE_DIRECT
	require.NoError(l, builder.SetSignatures(signing.SignatureV2{
		PubKey: key.PubKey(), Data: &signing.SingleSignatureData{SignMode: mode}, Sequence: account.GetSequence(),
	}))
	signature, err := tx.SignWithPrivKey(l.Context(), mode, authsigning.SignerData{
		Address: l.named(name), ChainID: apptest.ChainID, AccountNumber: account.GetAccountNumber(),
		Sequence: account.GetSequence(), PubKey: key.PubKey(),
	}, builder, key, l.app().TxConfig(), account.GetSequence())
	require.NoError(l, err)
	require.NoError(l, builder.SetSignatures(signature))
	raw, err := l.app().TxConfig().TxEncoder()(builder.GetTx())
	require.NoError(l, err)
	return raw
}

// block decides a block with one transaction for each name, all of which have to succeed.
func (l *ledger) block(messages map[string][]sdk.Msg) {
	l.Helper()
	var txs [][]byte
	for _, name := range slices.Sorted(maps.Keys(messages)) {
		txs = append(txs, l.signed(name, messages[name]...))
	}
	for _, result := range l.decide(txs...) {
		require.Zero(l, result.Code, result.Log)
	}
}

// refused decides a block with one message, which has to fail with an error.
func (l *ledger) refused(name string, want error, msg sdk.Msg) {
	l.Helper()
	results := l.decide(l.signed(name, msg))
	codespace, code, _ := errorsmod.ABCIInfo(want, false)
	require.Equal(l, codespace, results[0].Codespace, results[0].Log)
	require.Equal(l, code, results[0].Code, results[0].Log)
}

// decide decides a block, proposed by the validators in turn, and returns the results of its transactions.
func (l *ledger) decide(txs ...[]byte) []*abci.ExecTxResult {
	l.Helper()
	result := l.Block(int(l.Height)%len(l.Apps), txs...)
	require.Len(l, result.TxResults, len(txs)+1, "the beacon's proof comes first")
	l.events = result.Events
	for _, r := range result.TxResults {
		l.events = append(l.events, r.Events...)
	}
	l.audit()
	return result.TxResults[1:]
}

func (l *ledger) audit() {
	l.Helper()
	l.supply = l.supply.Add(l.moved("coinbase")).Sub(l.moved("burn"))
	require.Equal(l, l.supply.String(), l.app().BankKeeper.GetSupply(l.ctx(), app.Denom).Amount.String(), "height %d", l.Height)
	sum := math.ZeroInt()
	l.app().BankKeeper.IterateAllBalances(l.ctx(), func(_ sdk.AccAddress, coin sdk.Coin) bool {
		sum = sum.Add(coin.Amount)
		return false
	})
	require.Equal(l, l.supply.String(), sum.String(), "height %d", l.Height)
	require.NoError(l, l.app().WorkerKeeper.CheckInvariants(l.ctx()))
	require.NoError(l, l.app().TaskKeeper.CheckInvariants(l.ctx()))
	require.NoError(l, l.app().AuditKeeper.CheckInvariants(l.ctx()))
}

// moved is the sum of the amounts of the bank's events of a type in the last block.
func (l *ledger) moved(kind string) math.Int {
	l.Helper()
	sum := math.ZeroInt()
	for _, event := range l.events {
		if event.Type != kind {
			continue
		}
		for _, attribute := range event.Attributes {
			if attribute.Key == sdk.AttributeKeyAmount {
				coins, err := sdk.ParseCoinsNormalized(attribute.Value)
				require.NoError(l, err)
				sum = sum.Add(coins.AmountOf(app.Denom))
			}
		}
	}
	return sum
}
