package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// transplant gives a fresh chain the exported state of another one and requires that it exports the same.
func transplant(t *testing.T, from *fixture) *fixture {
	t.Helper()
	tasks, err := from.tasks.ExportGenesis(from.ctx)
	require.NoError(t, err)
	workers, err := from.workers.ExportGenesis(from.ctx)
	require.NoError(t, err)
	audits, err := from.keeper.ExportGenesis(from.ctx)
	require.NoError(t, err)
	require.NoError(t, tasks.Validate())
	require.NoError(t, audits.Validate())

	to := newFixture(t)
	to.ctx, to.beacon = to.ctx.WithBlockHeight(from.ctx.BlockHeight()), from.beacon
	from.bank.IterateAllBalances(from.ctx, func(addr sdk.AccAddress, c sdk.Coin) bool {
		missing := c.Amount.Sub(to.bank.GetBalance(to.ctx, addr, c.Denom).Amount)
		if missing.IsNegative() {
			require.NoError(t, to.bank.SendCoins(to.ctx, addr, to.addr("sink"), sdk.NewCoins(sdk.NewCoin(c.Denom, missing.Neg()))))
			return false
		}
		to.give(addr, missing)
		return false
	})
	require.NoError(t, to.workers.InitGenesis(to.ctx, *workers))
	require.NoError(t, to.tasks.InitGenesis(to.ctx, *tasks))
	require.NoError(t, to.keeper.InitGenesis(to.ctx, *audits))
	to.check()
	again, err := to.keeper.ExportGenesis(to.ctx)
	require.NoError(t, err)
	require.Equal(t, audits, again)
	tasksAgain, err := to.tasks.ExportGenesis(to.ctx)
	require.NoError(t, err)
	require.Equal(t, tasks, tasksAgain)
	return to
}

func TestGenesisWhileAuditorsWork(t *testing.T) {
	f := newFixture(t)
	b, w := f.selected()
	f = transplant(t, f)
	a := f.audits(b)[0]
	require.Equal(t, []types.Audit{a}, f.duties(a.Auditor))
	must(f, f.msgs.PostAudit, f.postMsg(a))
	f = transplant(t, f)
	must(f, f.jobs.Open, openMsg(f, b, w))
	f = transplant(t, f)
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	require.Equal(t, uint64(1), f.registered(b.Lease.Worker).Standing)
}

func TestGenesisBeforeTheCoins(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	f.commit(b, f.compute(b))
	f = transplant(t, f)
	require.Equal(t, tasktypes.BATCH_STATE_AUDIT_WAIT, f.tossed(b).State)
}

func TestGenesisWithShownKeyAndWithheld(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	w := f.compute(b)
	f.commit(b, w)
	must(f, f.msgs.ShowKey, f.showMsg(b, w))
	f = transplant(t, f)
	f.runTo(f.batch(b).Deadline + 1)
	require.Len(t, f.audits(b), 1)
	must(f, f.msgs.PostAudit, f.postMsg(f.audits(b)[0]))
	f.runTo(f.batch(b).Deadline + 1)
	require.Len(t, f.records(b), 1)
	f = transplant(t, f)
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Empty(t, f.records(b))
}

func TestGenesisThatMakesNoSense(t *testing.T) {
	audit := func(change func(*types.Audit)) types.Audit {
		a := types.Audit{
			JobId: 1, State: types.AUDIT_STATE_POSTED, Units: []uint32{0}, Auditor: "dmcn1x", Hashes: [][]byte{make([]byte, 32)},
			Ask: math.OneInt(), Deposit: math.OneInt(),
		}
		change(&a)
		return a
	}
	for name, audits := range map[string][]types.Audit{
		"no state":       {audit(func(a *types.Audit) { a.State = 0 })},
		"unknown state":  {audit(func(a *types.Audit) { a.State = 99 })},
		"no hashes":      {audit(func(a *types.Audit) { a.Hashes = nil })},
		"no auditor":     {audit(func(a *types.Audit) { a.Auditor = "" })},
		"hashes too few": {audit(func(a *types.Audit) { a.Units = []uint32{0, 1} })},
		"a sixth round":  {audit(func(a *types.Audit) { a.Round = 5 })},
		"negative":       {audit(func(a *types.Audit) { a.Deposit = math.NewInt(-1) })},
		"no deposit":     {audit(func(a *types.Audit) { a.Deposit = math.Int{} })},
		"twice":          {audit(func(*types.Audit) {}), audit(func(*types.Audit) {})},
		"out of order":   {audit(func(a *types.Audit) { a.Epoch = 1 }), audit(func(*types.Audit) {})},
	} {
		t.Run(name, func(t *testing.T) {
			g := types.NewGenesis(types.DefaultParams())
			g.Audits = audits
			require.ErrorIs(t, g.Validate(), types.ErrInvalidGenesis)
		})
	}
	require.NoError(t, types.DefaultGenesis().Validate())
	g := types.DefaultGenesis()
	g.NextDisputeId = 0
	require.ErrorIs(t, g.Validate(), types.ErrInvalidGenesis)
}
