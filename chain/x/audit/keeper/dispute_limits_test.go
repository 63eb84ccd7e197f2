package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func (f *fixture) auditParams(change func(*types.Params)) {
	f.Helper()
	p, err := f.keeper.Params(f.ctx)
	require.NoError(f, err)
	change(&p)
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: p})
}

// twenty validators of 5 % each replace the four.
func (f *fixture) twenty() {
	f.staking.validators = nil
	for n := range 20 {
		f.staking.add(operatorOf(n), 5)
	}
}

func ballotOf(n int, leaf tasktypes.Leaf) (b ballot) {
	for range n {
		b = append(b, leaf)
	}
	return b
}

// TestSnapshotDecidesWhoVotes lets a validator unbond, one be jailed and one come after the dispute reached the head.
func TestSnapshotDecidesWhoVotes(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	f.staking.validators[0].Status = stakingtypes.Unbonding
	f.staking.validators[1].Jailed = true
	f.staking.add("newcomer", 1_000)
	late := f.commitMsg(d.Id, 0, d.Leaf)
	late.Operator = f.named("newcomer")
	refused(f, f.msgs.CommitVote, late, types.ErrNoPower)
	f.vote(d.Id, ballotOf(3, d.Leaf))
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
}

// TestUnbondingValidatorHasNoPower left before the dispute reached the head.
func TestUnbondingValidatorHasNoPower(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	f.staking.validators[0].Status = stakingtypes.Unbonding
	d := f.challenged(1, b, w)
	require.EqualValues(t, 75, d.TotalPower)
	refused(f, f.msgs.CommitVote, f.commitMsg(d.Id, 0, d.Leaf), types.ErrNoPower)
}

// TestHalfOfThePowerIsNoVerdict splits the votes.
func TestHalfOfThePowerIsNoVerdict(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	wrong := leafOf(1, true)
	f.vote(d.Id, ballot{d.Leaf, d.Leaf, wrong, wrong})
	require.Equal(t, types.DISPUTE_STATE_REVEALING, f.dispute(d.Id).State)
	f.runTo(d.Deadline + 1)
	f.runTo(f.dispute(d.Id).Deadline + 1)
	require.Empty(t, f.batch(b).SettledUnits)
	require.Empty(t, f.slashes())
}

// TestAbsentValidatorsAreJailed lets four of twenty not vote: two are a tenth of the power, which is all that is jailed in a window.
func TestAbsentValidatorsAreJailed(t *testing.T) {
	f := newFixture(t)
	f.twenty()
	f.auditParams(func(p *types.Params) { p.AbsenceWindow = 40 })
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	f.vote(d.Id, ballotOf(16, d.Leaf))
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
	told := events[*types.EventValidatorAbsent](f)
	require.Len(t, told, 4)
	jailed := 0
	for _, e := range told {
		if e.Jailed {
			jailed++
		}
	}
	require.Equal(t, 2, jailed)
	require.Len(t, f.staking.until, 2)
	for _, until := range f.staking.until {
		require.Equal(t, f.ctx.BlockTime().Add(10*60e9), until)
	}
	bonded, err := f.staking.GetBondedValidatorsByPower(f.ctx)
	require.NoError(t, err)
	require.Len(t, bonded, 18)
	f = transplant(t, f)
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Len(t, g.Absences, 2)

	// in the next window the others follow
	f.runTo(f.ctx.BlockHeight() + 40)
	second := f.challengeAgain(2)
	f.vote(second.Id, ballotOf(16, second.Leaf))
	require.Len(t, f.staking.until, 3, "10 %% of 90 is one of 5")
}

// challengeAgain submits another job, whose first batch is right, and challenges one of its units.
func (f *fixture) challengeAgain(unit uint32) types.Dispute {
	f.Helper()
	job := f.submit(f.spec())
	f.endBlock()
	b := f.batch(tasktypes.Batch{JobId: job.Id})
	w := f.compute(b)
	f.commit(b, w)
	f.audited(b)
	must(f, f.jobs.Open, openMsg(f, b, w))
	return f.challenged(unit, f.batch(b), w)
}

// TestCommittedAndNotRevealed holds a dispute up until its time is over, and is jailed for it.
func TestCommittedAndNotRevealed(t *testing.T) {
	f := newFixture(t)
	f.twenty()
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	for n := range 20 {
		must(f, f.msgs.CommitVote, f.commitMsg(d.Id, n, d.Leaf))
	}
	f.endBlock()
	for n := range 19 {
		must(f, f.msgs.RevealVote, f.revealMsg(d.Id, n, d.Leaf))
	}
	f.endBlock()
	require.Equal(t, types.DISPUTE_STATE_REVEALING, f.dispute(d.Id).State)
	f.runTo(d.Deadline + 1)
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
	require.Len(t, f.staking.until, 1)
	require.Contains(t, f.staking.until, f.staking.validators[19].OperatorAddress)
}

// TestCommitsCloseBehindTwoThirds gives the rest commit_grace_blocks.
func TestCommitsCloseBehindTwoThirds(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	require.Equal(t, d.StartedHeight+(d.Deadline-d.StartedHeight)*2/3, d.CommitDeadline)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 0, d.Leaf))
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 1, d.Leaf))
	require.Equal(t, d.CommitDeadline, f.dispute(d.Id).CommitDeadline)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 2, d.Leaf))
	require.Equal(t, f.ctx.BlockHeight()+3, f.dispute(d.Id).CommitDeadline)
	must(f, f.msgs.CommitVote, f.commitMsg(d.Id, 3, d.Leaf))
	f.endBlock()
	require.Equal(t, types.DISPUTE_STATE_REVEALING, f.dispute(d.Id).State)
}

// TestFloodOfChallenges fills the queue: the flooder pays more for each, an audit's difference still gets in, and one is voted about at a time.
func TestFloodOfChallenges(t *testing.T) {
	f := newFixture(t)
	f.fund("carl")
	f.auditParams(func(p *types.Params) { p.OpenDisputes = 3 })
	b, w := f.opened(nil, nil)
	ids := []uint64{}
	least := f.challengeDeposit(b.JobId)
	for unit := range uint32(3) {
		msg := f.challengeMsg(b, w, unit)
		if unit > 0 {
			cheap := *msg
			cheap.Deposit = msg.Deposit.SubRaw(1)
			refused(f, f.msgs.Challenge, &cheap, types.ErrDepositTooSmall)
		}
		ids = append(ids, must(f, f.msgs.Challenge, msg).DisputeId)
	}
	refused(f, f.msgs.Challenge, f.challengeMsg(b, w, 3), types.ErrQueueFull)
	require.Equal(t, funds-least.MulRaw(1+8+64).Int64(), f.balance(f.named("carl")), "it doubles with each tenth of the queue")
	for i, id := range ids {
		for f.dispute(id).State == types.DISPUTE_STATE_QUEUED {
			f.endBlock()
		}
		f.vote(id, all(leafOf(uint32(i), false)))
	}
	require.Len(t, f.slashes(), 3)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, f.batch(b).State)
}

// TestVerdictWaitsForPayouts robs the account of deposits, then that of bonds: the verdict stands, its consequences wait, the queue goes on.
func TestVerdictWaitsForPayouts(t *testing.T) {
	f := newFixture(t)
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	repay := f.rob(types.DepositAccount)
	f.vote(d.Id, all(d.Leaf))
	require.Equal(t, types.VERDICT_FOR_WORKER, f.dispute(d.Id).Verdict)
	require.Empty(t, must(f, f.queries.Disputes, &types.QueryDisputesRequest{}).Disputes)
	require.Equal(t, tasktypes.BATCH_STATE_VOTING, f.batch(b).State)
	refused(f, f.msgs.RevealVote, f.revealMsg(d.Id, 0, d.Leaf), types.ErrVotingOver)
	refused(f, f.msgs.CommitVote, f.commitMsg(d.Id, 0, d.Leaf), types.ErrVotingOver)
	f.runTo(d.Deadline + 5)
	require.Equal(t, tasktypes.BATCH_STATE_VOTING, f.batch(b).State)
	repay()
	f.endBlock()
	f = transplant(t, f)
	f.runTo(d.Deadline + 30)
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
	require.Len(t, events[*workertypes.EventSlashHeld](f), 1)
}

// TestForfeitWaitsForBonds robs the account of bonds before a verdict against the worker.
func TestForfeitWaitsForBonds(t *testing.T) {
	f := newFixture(t)
	b, d := f.disputed(allWrong, nil)
	repay := f.rob(workertypes.BondAccount)
	f.vote(d.Id, all(leafOf(d.Leaf.Unit, false)))
	require.Equal(t, types.VERDICT_AGAINST_WORKER, f.dispute(d.Id).Verdict)
	f.runTo(d.Deadline + 5)
	repay()
	f.runTo(d.Deadline + 30)
	require.EqualValues(t, 1, f.batch(b).Epoch)
	require.Len(t, events[*workertypes.EventSlashHeld](f), 1)
}

// TestGenesisInEveryPhase exports and imports a dispute while it is queued, voted about, and behind another.
func TestGenesisInEveryPhase(t *testing.T) {
	f := newFixture(t)
	f.fund("carl")
	b, w := f.opened(nil, nil)
	first := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 1)).DisputeId
	must(f, f.msgs.Challenge, f.challengeMsg(b, w, 2))
	f = transplant(t, f)
	f.endBlock()
	for n := range 4 {
		must(f, f.msgs.CommitVote, f.commitMsg(first, n, leafOf(1, false)))
	}
	f = transplant(t, f)
	f.endBlock()
	must(f, f.msgs.RevealVote, f.revealMsg(first, 0, leafOf(1, false)))
	f = transplant(t, f)
	for n := range 3 {
		must(f, f.msgs.RevealVote, f.revealMsg(first, n+1, leafOf(1, false)))
	}
	f.endBlock()
	require.Equal(t, []uint32{1}, f.batch(b).SettledUnits)
	third := must(f, f.msgs.Challenge, f.challengeMsg(f.batch(b), w, 3)).DisputeId
	require.EqualValues(t, 3, third)
}
