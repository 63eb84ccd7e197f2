// Package purse watches the accounts of modules: it keeps what each owes, compares that with what it holds, and stops
// the payouts of one that is short until it holds what it owes again.
package purse

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// BankKeeper tells what an account holds.
type BankKeeper interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
}

// Purse is one account of a module. What it owes is the sum of records that the module keeps: whoever changes such a
// record says so with Owe, however coins move. So a transfer that no record stands for is found at the end of its block.
type Purse struct {
	account Account
	bank    BankKeeper
	owed    collections.Item[math.Int]
	paused  collections.Item[int64]
}

// Account says which account a purse is, and where its module's store keeps what is owed and since when it is paused.
type Account struct {
	Name         string
	Address      sdk.AccAddress
	Denom        string
	OwedPrefix   collections.Prefix
	PausedPrefix collections.Prefix
	// ErrPaused is what MayPay returns.
	ErrPaused *errorsmod.Error
}

// State is a purse as it stands, amounts of its denomination.
type State struct {
	Account Account
	Held    math.Int
	Owed    math.Int
	// PausedHeight is the block since which it pays nothing, 0 while it pays.
	PausedHeight int64
}

// New returns the purse of an account, whose books are part of a module's store.
func New(sb *collections.SchemaBuilder, bank BankKeeper, account Account) Purse {
	return Purse{
		account: account,
		bank:    bank,
		owed:    collections.NewItem(sb, account.OwedPrefix, account.Name+"_owed", sdk.IntValue),
		paused:  collections.NewItem(sb, account.PausedPrefix, account.Name+"_paused", collections.Int64Value),
	}
}

// Owe adds to what the account owes, or takes from it where the amount is negative.
func (p Purse) Owe(ctx context.Context, more math.Int) error {
	if more.IsZero() {
		return nil
	}
	owed, err := orElse(math.ZeroInt())(p.owed.Get(ctx))
	if err != nil {
		return err
	}
	return p.owed.Set(ctx, owed.Add(more))
}

// State returns what the account holds and owes, at the cost of three reads.
func (p Purse) State(ctx context.Context) (State, error) {
	owed, err := orElse(math.ZeroInt())(p.owed.Get(ctx))
	if err != nil {
		return State{}, err
	}
	paused, err := orElse(int64(0))(p.paused.Get(ctx))
	held := p.bank.GetBalance(ctx, p.account.Address, p.account.Denom).Amount
	return State{Account: p.account, Held: held, Owed: owed, PausedHeight: paused}, err
}

// Short tells that the account holds less than it owes.
func (s State) Short() bool { return s.Held.LT(s.Owed) }

// Check pauses the payouts of an account that is short and resumes those of one that no longer is. It returns the
// account as it was before, and whether something changed.
func (p Purse) Check(ctx context.Context) (State, bool, error) {
	state, err := p.State(ctx)
	if err != nil || state.Short() == (state.PausedHeight != 0) {
		return state, false, err
	}
	if state.Short() {
		return state, true, p.paused.Set(ctx, sdk.UnwrapSDKContext(ctx).BlockHeight())
	}
	return state, true, p.paused.Remove(ctx)
}

// MayPay returns the account's ErrPaused while its payouts are paused.
func (p Purse) MayPay(ctx context.Context) error {
	since, err := orElse(int64(0))(p.paused.Get(ctx))
	if err != nil || since == 0 {
		return err
	}
	state, err := p.State(ctx)
	if err != nil {
		return err
	}
	return p.account.ErrPaused.Wrapf(
		"since height %d %s holds less than it owes, now %s of %s %s: nothing is lost, try again once it was filled up",
		since, p.account.Name, state.Held, state.Owed, p.account.Denom,
	)
}

// orElse replaces the store's "not found" by a value.
func orElse[V any](absent V) func(V, error) (V, error) {
	return func(v V, err error) (V, error) {
		if errors.Is(err, collections.ErrNotFound) {
			return absent, nil
		}
		return v, err
	}
}
