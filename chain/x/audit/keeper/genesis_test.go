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
	*to.staking = *from.staking
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

func TestGenesisOfDisputesThatMakesNoSense(t *testing.T) {
	leaf := leafOf(1, false)
	dispute := func(id uint64, change func(*types.Dispute)) types.Dispute {
		d := types.Dispute{
			Id: id, JobId: 1, Leaf: leaf, Cause: types.DISPUTE_CAUSE_CHALLENGE, State: types.DISPUTE_STATE_REVEALING, Poster: "dmcn1x",
			Deposit: math.OneInt(), InputHash: make([]byte, 32), QueuedHeight: 3, StartedHeight: 4, TotalPower: 7, CommittedPower: 7, RevealedPower: 7,
		}
		change(&d)
		return d
	}
	same := func(*types.Dispute) {}
	vote := types.Vote{DisputeId: 1, Validator: "dmcnvaloper1x", Power: 7, Hash: make([]byte, 32), Leaf: &leaf}
	referee := types.Referee{Validator: "dmcnvaloper1x", Account: "dmcn1x", EncryptionKey: make([]byte, 32)}
	absence := types.Absence{Height: 1, Validator: "dmcnvaloper1x", Power: 1}
	good := func() types.GenesisState {
		g := *types.NewGenesis(types.DefaultParams())
		g.Disputes, g.Votes, g.NextDisputeId = []types.Dispute{dispute(1, same)}, []types.Vote{vote}, 9
		g.Referees, g.Absences = []types.Referee{referee}, []types.Absence{absence}
		return g
	}
	require.NoError(t, good().Validate())
	for name, change := range map[string]func(*types.GenesisState){
		"no state":          func(g *types.GenesisState) { g.Disputes[0].State = 0 },
		"no cause":          func(g *types.GenesisState) { g.Disputes[0].Cause = 0 },
		"no deposit":        func(g *types.GenesisState) { g.Disputes[0].Deposit = math.Int{} },
		"an audit deposits": func(g *types.GenesisState) { g.Disputes[0].Cause = types.DISPUTE_CAUSE_AUDIT },
		"never queued":      func(g *types.GenesisState) { g.Disputes[0].QueuedHeight = 0 },
		"never started":     func(g *types.GenesisState) { g.Disputes[0].StartedHeight = 0 },
		"a verdict":         func(g *types.GenesisState) { g.Disputes[0].Verdict = types.VERDICT_NONE },
		"no verdict":        func(g *types.GenesisState) { g.Disputes[0].State = types.DISPUTE_STATE_DECIDED },
		"no input":          func(g *types.GenesisState) { g.Disputes[0].InputHash = nil },
		"no leaf":           func(g *types.GenesisState) { g.Disputes[0].Leaf.OutputHash = nil },
		"not before next":   func(g *types.GenesisState) { g.NextDisputeId = 1 },
		"twice":             func(g *types.GenesisState) { g.Disputes = append(g.Disputes, g.Disputes[0]) },
		"another power":     func(g *types.GenesisState) { g.Disputes[0].TotalPower++ },
		"another commit":    func(g *types.GenesisState) { g.Disputes[0].CommittedPower++ },
		"another reveal":    func(g *types.GenesisState) { g.Disputes[0].RevealedPower-- },
		"a vote too many": func(g *types.GenesisState) {
			g.Votes = append(g.Votes, types.Vote{DisputeId: 5, Validator: "v", Power: 1})
		},
		"no power":      func(g *types.GenesisState) { g.Votes[0].Power = 0 },
		"a short hash":  func(g *types.GenesisState) { g.Votes[0].Hash = g.Votes[0].Hash[1:] },
		"not committed": func(g *types.GenesisState) { g.Votes[0].Hash = nil },
		"two referees":  func(g *types.GenesisState) { g.Referees = append(g.Referees, g.Referees[0]) },
		"one for two": func(g *types.GenesisState) {
			g.Referees = append(g.Referees, types.Referee{Validator: "other", Account: "dmcn1x", EncryptionKey: make([]byte, 32)})
		},
		"a referee's short key": func(g *types.GenesisState) { g.Referees[0].EncryptionKey = nil },
		"absent twice":          func(g *types.GenesisState) { g.Absences = append(g.Absences, absence) },
		"absent without power":  func(g *types.GenesisState) { g.Absences[0].Power = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			g := good()
			change(&g)
			require.ErrorIs(t, g.Validate(), types.ErrInvalidGenesis)
		})
	}
}
