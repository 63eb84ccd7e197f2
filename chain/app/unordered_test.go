package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

func TestUnorderedTransactions(t *testing.T) {
	n := apptest.New(t, 1)
	n.Block(0)
	recipient := sdk.AccAddress("recipient___________")
	late, early := send(t, n, recipient, 9*time.Minute), send(t, n, recipient, time.Minute)

	result := n.Block(0, late, early)
	require.Len(t, result.TxResults, 3)
	for _, r := range result.TxResults {
		require.Zero(t, r.Code, r.Log)
	}
	again := n.Block(0, early)
	require.Equal(t, sdkerrors.ErrInvalidRequest.ABCICode(), again.TxResults[1].Code, "a replay")
	tooLate := n.Block(0, send(t, n, recipient, 11*time.Minute))
	require.NotZero(t, tooLate.TxResults[1].Code)

	balance := n.Apps[0].BankKeeper.GetBalance(n.Apps[0].NewContext(true), recipient, app.Denom)
	require.Equal(t, "14udmc", balance.String())
}

// send signs an unordered transfer of 7 udmc by node0's operator that times out after a while.
func send(t *testing.T, n *apptest.Network, to sdk.AccAddress, timeout time.Duration) []byte {
	t.Helper()
	keys, err := keyring.New(app.Name, keyring.BackendTest, n.Home(0), nil, n.Apps[0].AppCodec())
	require.NoError(t, err)
	record, err := keys.Key("validator")
	require.NoError(t, err)
	from, err := record.GetAddress()
	require.NoError(t, err)
	account := n.Apps[0].AccountKeeper.GetAccount(n.Apps[0].NewContext(true), from)

	factory := tx.Factory{}.WithTxConfig(n.Apps[0].TxConfig()).WithKeybase(keys).WithChainID(apptest.ChainID).
		WithAccountNumber(account.GetAccountNumber()).WithGas(200_000).
		WithUnordered(true).WithTimeoutTimestamp(n.Time.Add(timeout))
	builder, err := factory.BuildUnsignedTx(banktypes.NewMsgSend(from, to, sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 7))))
	require.NoError(t, err)
	require.NoError(t, tx.Sign(t.Context(), factory, "validator", builder, true))
	raw, err := n.Apps[0].TxConfig().TxEncoder()(builder.GetTx())
	require.NoError(t, err)
	return raw
}
