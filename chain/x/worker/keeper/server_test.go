package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestMessages(t *testing.T) {
	f := newFixture(t)
	server := keeper.NewMsgServer(f.Keeper)
	f.rich(1)
	text := func(n int) string {
		name, err := bech32.BytesToString(account(n))
		require.NoError(t, err)
		return name
	}
	owner, operator, terms := text(1), text(2), newTerms()
	run := func(err error) { t.Helper(); require.NoError(t, err) }

	_, err := server.Register(f.ctx, &types.MsgRegister{
		Owner: owner, Operator: operator, EncryptionKey: terms.EncryptionKey, Ask: terms.Ask, Rate: terms.Rate,
		Memory: terms.Memory, Features: []string{"x"}, Bond: math.NewInt(2 * lot),
		Modules: terms.Modules, MaxGasLimit: terms.MaxGasLimit,
	})
	run(err)
	require.Equal(t, terms.Modules, f.get(account(1)).Modules)
	require.Equal(t, terms.MaxGasLimit, f.get(account(1)).MaxGasLimit)
	_, err = server.Update(f.ctx, &types.MsgUpdate{
		Owner: owner, Operator: operator, EncryptionKey: terms.EncryptionKey, Ask: math.NewInt(5), Rate: terms.Rate, Memory: terms.Memory,
	})
	run(err)
	_, err = server.Pause(f.ctx, &types.MsgPause{Signer: operator, Owner: owner})
	run(err)
	_, err = server.Bond(f.ctx, &types.MsgBond{Owner: owner, Amount: math.NewInt(lot)})
	run(err)
	_, err = server.Resume(f.ctx, &types.MsgResume{Signer: operator, Owner: owner})
	run(err)
	_, err = server.Withdraw(f.ctx, &types.MsgWithdraw{Owner: owner, Amount: math.NewInt(500)})
	run(err)

	w := f.get(account(1))
	require.Equal(t, owner, w.Owner)
	require.Equal(t, operator, w.Operator)
	require.EqualValues(t, 5, w.Ask.Int64())
	require.EqualValues(t, 2_500, w.Bond.Int64())
	require.EqualValues(t, 2, w.Lots)
	require.Empty(t, w.Features)
	require.Empty(t, w.Modules)
	require.Zero(t, w.MaxGasLimit)
}

func TestMessagesRefuseAddresses(t *testing.T) {
	f := newFixture(t)
	server := keeper.NewMsgServer(f.Keeper)
	for name, send := range map[string]func() error{
		"register": func() error { _, err := server.Register(f.ctx, &types.MsgRegister{Owner: "x"}); return err },
		"update":   func() error { _, err := server.Update(f.ctx, &types.MsgUpdate{Owner: "x"}); return err },
		"pause":    func() error { _, err := server.Pause(f.ctx, &types.MsgPause{}); return err },
		"resume":   func() error { _, err := server.Resume(f.ctx, &types.MsgResume{}); return err },
		"bond":     func() error { _, err := server.Bond(f.ctx, &types.MsgBond{Owner: "cosmos1x"}); return err },
		"withdraw": func() error { _, err := server.Withdraw(f.ctx, &types.MsgWithdraw{}); return err },
	} {
		require.ErrorIs(t, send(), types.ErrInvalidAddress, name)
	}
}

func TestQueries(t *testing.T) {
	f := newFixture(t)
	server := keeper.NewQueryServer(f.Keeper)
	for n := range 5 {
		f.worker(n, lot)
	}
	f.lapse(account(3), 100)
	f.lapse(account(3), 200)
	w := f.get(account(3))

	params, err := server.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.EqualValues(t, lot, params.Params.Lot.Int64())

	for _, address := range []string{w.Owner, w.Operator} {
		answer, err := server.Worker(f.ctx, &types.QueryWorkerRequest{Address: address})
		require.NoError(t, err)
		require.Equal(t, w, answer.Worker)
		require.EqualValues(t, 1_000, answer.Reputation)
		require.Empty(t, answer.KeptOut)
		require.Len(t, answer.Lapses, 2)
		require.EqualValues(t, 200, answer.Lapses[1].Amount.Int64())
	}
	require.NoError(t, f.Pause(f.ctx, account(4), account(4)))
	paused, err := server.Worker(f.ctx, &types.QueryWorkerRequest{Address: f.get(account(4)).Owner})
	require.NoError(t, err)
	require.Equal(t, []string{"paused"}, paused.KeptOut)
	require.NoError(t, f.Withdraw(f.ctx, account(4), math.NewInt(1)))
	poor, err := server.Worker(f.ctx, &types.QueryWorkerRequest{Address: f.get(account(4)).Owner})
	require.NoError(t, err)
	require.Equal(t, []string{"paused", "lot"}, poor.KeptOut)

	stranger, err := bech32.BytesToString(account(9))
	require.NoError(t, err)
	_, err = server.Worker(f.ctx, &types.QueryWorkerRequest{Address: stranger})
	require.Equal(t, codes.NotFound, status.Code(err))
	_, err = server.Worker(f.ctx, &types.QueryWorkerRequest{Address: "x"})
	require.Equal(t, codes.InvalidArgument, status.Code(err))

	page, err := server.Workers(f.ctx, &types.QueryWorkersRequest{Pagination: &query.PageRequest{Limit: 3}})
	require.NoError(t, err)
	require.Len(t, page.Workers, 3)
	rest, err := server.Workers(f.ctx, &types.QueryWorkersRequest{Pagination: &query.PageRequest{Key: page.Pagination.NextKey}})
	require.NoError(t, err)
	require.Len(t, rest.Workers, 2)
	require.Equal(t, w, rest.Workers[0])
	_, err = server.Workers(f.ctx, &types.QueryWorkersRequest{Pagination: &query.PageRequest{Limit: 1_001}})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	all, err := server.Workers(f.ctx, &types.QueryWorkersRequest{})
	require.NoError(t, err)
	require.Len(t, all.Workers, 5)
}
