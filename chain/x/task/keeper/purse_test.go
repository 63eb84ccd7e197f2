package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// purse is every balance that bad input must not move.
type purse struct{ alice, bob, author, wendy, escrow, deposits, community, locked, reserved int64 }

func (f *fixture) purse() purse {
	p := purse{
		alice: f.balance("alice"), bob: f.balance("bob"), author: f.balance("author"), wendy: f.balance("wendy"),
		escrow: f.held(types.EscrowAccount), deposits: f.held(types.DepositAccount), community: f.community(),
	}
	if w, err := f.workers.Get(f.ctx, f.addr("wendy")); err == nil {
		p.locked, p.reserved = w.Locked.Int64(), w.Reserved.Int64()
	}
	return p
}

// refused sends a message and expects an error, and every balance as it was.
func refused[Req, Resp any](t *testing.T, f *fixture, handle handler[Req, Resp], msg Req, want error) {
	t.Helper()
	before := f.purse()
	_, err := send(f, handle, msg)
	require.ErrorIs(t, err, want)
	require.Equal(t, before, f.purse())
}
