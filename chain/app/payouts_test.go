package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"

	"github.com/dmcn/dmcn/chain/app"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestAccountsThatOweCanBeFilledUp sends coins to module accounts: what ends a pause of payouts.
func TestAccountsThatOweCanBeFilledUp(t *testing.T) {
	l := newLedger(t, purse, "alice")
	gift := func(account string) sdk.Msg {
		return banktypes.NewMsgSend(l.addr("alice"), authtypes.NewModuleAddress(account), sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 5)))
	}
	for _, account := range []string{tasktypes.EscrowAccount, tasktypes.DepositAccount, workertypes.BondAccount} {
		l.block(map[string][]sdk.Msg{"alice": {gift(account)}})
		held := l.app().BankKeeper.GetBalance(l.ctx(), authtypes.NewModuleAddress(account), app.Denom)
		require.Equal(t, int64(5), held.Amount.Int64(), account)
	}
	l.refused("alice", sdkerrors.ErrUnauthorized, gift(minttypes.ModuleName))
	l.refused("alice", sdkerrors.ErrUnauthorized, gift(authtypes.FeeCollectorName))
}
