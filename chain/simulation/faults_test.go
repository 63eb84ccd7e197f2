package simulation

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/app"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

const sabotage = "broken on purpose"

// faults makes the bank refuse or panic in some blocks, while the end of the block moves money out of an account of
// x/task. One item of the block's work has to fail for each hit. And it lets a thief take coins from our accounts, as a
// bug of the chain might.
type faults struct {
	r     *rand.Rand
	thief *account
	app   *app.App
	on    bool
	off   bool
	hits  int
}

// watch puts the faults into an application's bank.
func (f *faults) watch(a *app.App) {
	f.app = a
	a.BankKeeper.AppendSendRestriction(f.restrict)
}

// begin decides whether there are faults in the next block.
func (f *faults) begin() { f.on, f.hits = !f.off && f.r.IntN(12) == 0, 0 }

func (f *faults) restrict(ctx context.Context, from, to sdk.AccAddress, _ sdk.Coins) (sdk.AccAddress, error) {
	if from.Equals(f.thief.addr) && to.Equals(f.thief.addr) {
		account := moduleAddress(pick(f.r, accounts))
		held := f.app.BankKeeper.GetBalance(ctx, account, app.Denom).Amount
		taken := sdk.NewCoins(sdk.NewCoin(app.Denom, held.QuoRaw(between(f.r, 1, 4))))
		return to, f.app.BankKeeper.SendCoins(ctx, account, f.thief.addr, taken)
	}
	atTheEnd := len(sdk.UnwrapSDKContext(ctx).TxBytes()) == 0
	ours := bytes.Equal(from, moduleAddress(tasktypes.EscrowAccount)) || bytes.Equal(from, moduleAddress(tasktypes.DepositAccount))
	if !f.on || !atTheEnd || !ours || f.r.IntN(3) == 0 {
		return to, nil
	}
	f.hits++
	if f.r.IntN(2) == 0 {
		panic(sabotage)
	}
	return nil, errors.New(sabotage)
}
