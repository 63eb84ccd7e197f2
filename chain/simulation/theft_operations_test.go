package simulation

import (
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
)

// steal makes one of our accounts short, see faults.
func (w *world) steal() (*account, []sdk.Msg) {
	if w.short() || w.chance(60) {
		return nil, nil
	}
	return does(w.thief, banktypes.NewMsgSend(w.thief.addr, w.thief.addr, udmc(1)))
}

// repair fills an account up.
func (w *world) repair() (*account, []sdk.Msg) {
	if !w.short() || w.chance(75) {
		return nil, nil
	}
	return w.thief, w.refills()
}

// refills bring back what is missing.
func (w *world) refills() (msgs []sdk.Msg) {
	for _, name := range accounts {
		if missing := w.books.stray.of(name).Neg(); missing.IsPositive() {
			msgs = append(msgs, banktypes.NewMsgSend(w.thief.addr, moduleAddress(name), sdk.NewCoins(sdk.NewCoin(app.Denom, missing))))
		}
	}
	return msgs
}

// short tells that one of our accounts holds less than it owes.
func (w *world) short() bool {
	for _, name := range accounts {
		if w.books.stray.of(name).LT(math.ZeroInt()) {
			return true
		}
	}
	return false
}
