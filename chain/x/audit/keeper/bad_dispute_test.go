package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// TestBadChallenges sends challenges with another leaf, proof, input, job, batch or epoch, too small, out of turn and twice.
func TestBadChallenges(t *testing.T) {
	f := newFixture(t)
	f.fund("carl")
	b := f.offered()
	w := f.compute(b)
	good := f.challengeMsg(b, w, 1)
	refused(f, f.msgs.Challenge, good, tasktypes.ErrTransition)
	f.commit(b, w)
	f.audited(b)
	refused(f, f.msgs.Challenge, good, tasktypes.ErrTransition)
	must(f, f.jobs.Open, openMsg(f, b, w))
	with := func(change func(*types.MsgChallenge)) *types.MsgChallenge {
		msg := *good
		change(&msg)
		return &msg
	}
	other := f.challengeMsg(b, w, 2)
	for name, c := range map[string]struct {
		msg  *types.MsgChallenge
		want error
	}{
		"no address":           {with(func(m *types.MsgChallenge) { m.Challenger = "x" }), types.ErrInvalidAddress},
		"another job":          {with(func(m *types.MsgChallenge) { m.JobId++ }), tasktypes.ErrUnknownJob},
		"another batch":        {with(func(m *types.MsgChallenge) { m.Batch++ }), tasktypes.ErrUnknownBatch},
		"another epoch":        {with(func(m *types.MsgChallenge) { m.Epoch++ }), tasktypes.ErrWrongEpoch},
		"no deposit":           {with(func(m *types.MsgChallenge) { m.Deposit = math.Int{} }), types.ErrDepositTooSmall},
		"too small":            {with(func(m *types.MsgChallenge) { m.Deposit = m.Deposit.SubRaw(1) }), types.ErrDepositTooSmall},
		"more than there is":   {with(func(m *types.MsgChallenge) { m.Deposit = math.NewInt(funds + 1) }), sdkerrors.ErrInsufficientFunds},
		"a leaf not opened":    {with(func(m *types.MsgChallenge) { m.Leaf.Gas++ }), types.ErrInvalidLeaf},
		"a leaf of no status":  {with(func(m *types.MsgChallenge) { m.Leaf.Status = 99 }), types.ErrInvalidLeaf},
		"another unit's leaf":  {with(func(m *types.MsgChallenge) { m.Leaf = other.Leaf }), types.ErrInvalidLeaf},
		"another leaf's proof": {with(func(m *types.MsgChallenge) { m.LeafProof = other.LeafProof }), types.ErrInvalidLeaf},
		"no unit of the job":   {with(func(m *types.MsgChallenge) { m.Leaf.Unit = 4 }), types.ErrInvalidLeaf},
		"another input":        {with(func(m *types.MsgChallenge) { m.Input = other.Input }), types.ErrInvalidInput},
		"another unit's proof": {with(func(m *types.MsgChallenge) { m.InputProof = other.InputProof }), types.ErrInvalidInput},
		"no proof":             {with(func(m *types.MsgChallenge) { m.InputProof = tasktypes.Proof{} }), types.ErrInvalidInput},
		"too large an input":   {with(func(m *types.MsgChallenge) { m.Input = make([]byte, types.MaxInput+1) }), types.ErrInvalidInput},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			refused(f, f.msgs.Challenge, c.msg, c.want)
		})
	}
	f.T = t
	require.EqualValues(t, funds, f.balance(f.named("carl")))
	must(f, f.msgs.Challenge, good)
	refused(f, f.msgs.Challenge, good, tasktypes.ErrAlreadyDisputed)
	refused(f, f.msgs.PostInput, f.inputMsg(b, 1), types.ErrNoInputAwaited)
}

// TestLateChallenge comes one height after the window, and after the end.
func TestLateChallenge(t *testing.T) {
	f := newFixture(t)
	f.fund("carl")
	b, w := f.opened(nil, nil)
	f.ctx = f.ctx.WithBlockHeight(b.Deadline + 1)
	refused(f, f.msgs.Challenge, f.challengeMsg(b, w, 1), tasktypes.ErrLate)
	f.ctx = f.ctx.WithBlockHeight(b.Deadline)
	must(f, f.jobs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: f.named("alice"), JobId: b.JobId})
	refused(f, f.msgs.Challenge, f.challengeMsg(b, w, 1), tasktypes.ErrTransition)
}

// TestBadInputs posts what the batch does not wait for.
func TestBadInputs(t *testing.T) {
	f := newFixture(t)
	b, _ := f.opened(nil, allWrong)
	unit := b.Disputes[0].Leaf.Unit
	good := f.inputMsg(b, unit)
	with := func(change func(*types.MsgPostInput)) *types.MsgPostInput {
		msg := *good
		change(&msg)
		return &msg
	}
	later := f.inputMsg(b, b.Disputes[1].Leaf.Unit)
	for name, c := range map[string]struct {
		msg  *types.MsgPostInput
		want error
	}{
		"no address":           {with(func(m *types.MsgPostInput) { m.Poster = "x" }), types.ErrInvalidAddress},
		"another job":          {with(func(m *types.MsgPostInput) { m.JobId++ }), tasktypes.ErrUnknownJob},
		"another batch":        {with(func(m *types.MsgPostInput) { m.Batch++ }), tasktypes.ErrUnknownBatch},
		"another epoch":        {with(func(m *types.MsgPostInput) { m.Epoch++ }), tasktypes.ErrWrongEpoch},
		"another unit":         {later, types.ErrNoInputAwaited},
		"it does not hash":     {with(func(m *types.MsgPostInput) { m.Input = []byte("input") }), types.ErrInvalidInput},
		"another unit's proof": {with(func(m *types.MsgPostInput) { m.Proof = later.Proof }), types.ErrInvalidInput},
		"too large":            {with(func(m *types.MsgPostInput) { m.Input = make([]byte, types.MaxInput+1) }), types.ErrInvalidInput},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			require.False(t, f.keeper.IsDuty(f.ctx, c.msg) && name != "no address")
			refused(f, f.msgs.PostInput, c.msg, c.want)
		})
	}
	f.T = t
	f.ctx = f.ctx.WithBlockHeight(b.Deadline + 1)
	refused(f, f.msgs.PostInput, good, tasktypes.ErrLate)
	f.ctx = f.ctx.WithBlockHeight(b.Deadline)
	require.True(t, f.keeper.IsDuty(f.ctx, good))
	must(f, f.msgs.PostInput, good)
	require.False(t, f.keeper.IsDuty(f.ctx, good))
	refused(f, f.msgs.PostInput, good, types.ErrNoInputAwaited)
}

// TestBadVotes commits and reveals by the wrong account, out of turn, twice, changed and late.
func TestBadVotes(t *testing.T) {
	f := newFixture(t)
	f.fund("carl")
	b, w := f.opened(nil, nil)
	first := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 1)).DisputeId
	second := must(f, f.msgs.Challenge, f.challengeMsg(b, w, 2)).DisputeId
	leaf := leafOf(1, false)
	commit := func(change func(*types.MsgCommitVote)) *types.MsgCommitVote {
		msg := f.commitMsg(first, 0, leaf)
		change(msg)
		return msg
	}
	reveal := func(change func(*types.MsgRevealVote)) *types.MsgRevealVote {
		msg := f.revealMsg(first, 0, leaf)
		change(msg)
		return msg
	}
	asIs := func(*types.MsgCommitVote) {}
	refused(f, f.msgs.CommitVote, commit(asIs), types.ErrNotStarted)
	refused(f, f.msgs.RevealVote, reveal(func(*types.MsgRevealVote) {}), types.ErrNotStarted)
	f.endBlock()
	for name, c := range map[string]struct {
		msg  *types.MsgCommitVote
		want error
	}{
		"no address":           {commit(func(m *types.MsgCommitVote) { m.Operator = "x" }), types.ErrInvalidAddress},
		"no validator":         {commit(func(m *types.MsgCommitVote) { m.Operator = f.named("carl") }), types.ErrNoPower},
		"no dispute":           {commit(func(m *types.MsgCommitVote) { m.DisputeId = 99 }), types.ErrUnknownDispute},
		"one behind":           {commit(func(m *types.MsgCommitVote) { m.DisputeId = second }), types.ErrNotStarted},
		"a short hash":         {commit(func(m *types.MsgCommitVote) { m.Hash = m.Hash[1:] }), types.ErrInvalidVote},
		"before anybody could": {commit(func(m *types.MsgCommitVote) { m.Hash = nil }), types.ErrInvalidVote},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			require.False(t, f.keeper.IsDuty(f.ctx, c.msg))
			refused(f, f.msgs.CommitVote, c.msg, c.want)
		})
	}
	f.T = t
	refused(f, f.msgs.RevealVote, reveal(func(*types.MsgRevealVote) {}), types.ErrNotCommitted)
	require.True(t, f.keeper.IsDuty(f.ctx, commit(asIs)))
	must(f, f.msgs.CommitVote, commit(asIs))
	refused(f, f.msgs.CommitVote, commit(asIs), types.ErrAlreadyCommitted)
	refused(f, f.msgs.CommitVote, commit(func(m *types.MsgCommitVote) { m.Hash = make([]byte, 32) }), types.ErrAlreadyCommitted)
	refused(f, f.msgs.RevealVote, reveal(func(*types.MsgRevealVote) {}), types.ErrCommitsOpen)
	closed := f.dispute(first).CommitDeadline
	f.runTo(closed)
	must(f, f.msgs.CommitVote, f.commitMsg(first, 1, leaf))
	f.endBlock()
	refused(f, f.msgs.CommitVote, f.commitMsg(first, 2, leaf), types.ErrCommitsClosed)
	refused(f, f.msgs.RevealVote, f.revealMsg(first, 2, leaf), types.ErrNotCommitted)
	for name, c := range map[string]struct {
		msg  *types.MsgRevealVote
		want error
	}{
		"another's":         {reveal(func(m *types.MsgRevealVote) { m.Operator = f.named(operatorOf(1)) }), types.ErrVoteMismatch},
		"another salt":      {reveal(func(m *types.MsgRevealVote) { m.Salt = make([]byte, 32); m.Salt[5] = 1 }), types.ErrVoteMismatch},
		"another leaf":      {reveal(func(m *types.MsgRevealVote) { m.Leaf.Gas++ }), types.ErrVoteMismatch},
		"another unit":      {reveal(func(m *types.MsgRevealVote) { m.Leaf.Unit = 2 }), types.ErrInvalidVote},
		"a short salt":      {reveal(func(m *types.MsgRevealVote) { m.Salt = m.Salt[1:] }), types.ErrInvalidVote},
		"no such status":    {reveal(func(m *types.MsgRevealVote) { m.Leaf.Status = 99 }), types.ErrInvalidVote},
		"another dispute's": {reveal(func(m *types.MsgRevealVote) { m.DisputeId = second }), types.ErrNotStarted},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			require.False(t, f.keeper.IsDuty(f.ctx, c.msg))
			refused(f, f.msgs.RevealVote, c.msg, c.want)
		})
	}
	f.T = t
	must(f, f.msgs.RevealVote, reveal(func(*types.MsgRevealVote) {}))
	refused(f, f.msgs.RevealVote, reveal(func(*types.MsgRevealVote) {}), types.ErrAlreadyRevealed)
	f.ctx = f.ctx.WithBlockHeight(f.dispute(first).Deadline + 1)
	refused(f, f.msgs.RevealVote, f.revealMsg(first, 1, leaf), types.ErrVotingOver)
}
