package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (f *fixture) refereeMsg(validator int, account string) *types.MsgRegisterReferee {
	return &types.MsgRegisterReferee{
		Operator: f.named(operatorOf(validator)), Account: f.named(account), EncryptionKey: make([]byte, 32),
	}
}

func TestRegisterReferee(t *testing.T) {
	f := newFixture(t)
	must(f, f.msgs.RegisterReferee, f.refereeMsg(0, "ref"))
	name := f.staking.validators[0].OperatorAddress
	got := must(f, f.queries.Referee, &types.QueryRefereeRequest{Validator: name}).Referee
	require.Equal(t, types.Referee{
		Validator: name, Account: f.named("ref"), EncryptionKey: make([]byte, 32), RegisteredHeight: 1,
	}, got)

	refused(f, f.msgs.RegisterReferee, f.refereeMsg(1, "ref"), types.ErrRefereeTaken)
	must(f, f.msgs.RegisterReferee, f.refereeMsg(0, "ref"))
	must(f, f.msgs.RegisterReferee, f.refereeMsg(0, "ref2"))
	must(f, f.msgs.RegisterReferee, f.refereeMsg(1, "ref"))
	require.Len(t, must(f, f.queries.Referees, &types.QueryRefereesRequest{}).Referees, 2)

	bad := f.refereeMsg(0, "ref3")
	bad.EncryptionKey = make([]byte, 31)
	refused(f, f.msgs.RegisterReferee, bad, types.ErrInvalidReferee)
	bad = f.refereeMsg(0, "ref3")
	bad.Account = "x"
	refused(f, f.msgs.RegisterReferee, bad, types.ErrInvalidAddress)
	bad = f.refereeMsg(0, "ref3")
	bad.Operator = f.named("alice")
	refused(f, f.msgs.RegisterReferee, bad, types.ErrNotValidator)
	_, err := f.queries.Referee(f.ctx, &types.QueryRefereeRequest{Validator: f.staking.validators[2].OperatorAddress})
	require.ErrorContains(t, err, "no referee")

	f = transplant(t, f)
	require.NoError(t, f.keeper.StakingHooks().AfterValidatorRemoved(f.ctx, nil, sdk.ValAddress(f.addr(operatorOf(0)))))
	f.check()
	require.Len(t, must(f, f.queries.Referees, &types.QueryRefereesRequest{}).Referees, 1)
	must(f, f.msgs.RegisterReferee, f.refereeMsg(2, "ref2"))
}

// TestOpenersAreRefereesOfBondedValidators draws two of them for each lease.
func TestOpenersAreRefereesOfBondedValidators(t *testing.T) {
	f := newFixture(t)
	openers := func() []string {
		accounts, err := f.keeper.Hooks().Openers(f.ctx)
		require.NoError(t, err)
		return accounts
	}
	require.Empty(t, openers())
	for n, account := range []string{"ref a", "ref b", "ref c"} {
		must(f, f.msgs.RegisterReferee, f.refereeMsg(n, account))
	}
	all := []string{f.named("ref a"), f.named("ref b"), f.named("ref c")}
	require.ElementsMatch(t, all, openers())
	f.staking.validators[1].Status = stakingtypes.Unbonding
	require.ElementsMatch(t, []string{all[0], all[2]}, openers())
	require.ElementsMatch(t, []string{all[0], all[2]}, f.offered().Lease.Openers)
}

// TestRefereesVotesAreDuties looks into what an account sends for others: only votes of the validator whose referee it is go first.
func TestRefereesVotesAreDuties(t *testing.T) {
	f := newFixture(t)
	must(f, f.msgs.RegisterReferee, f.refereeMsg(0, "ref"))
	b, w := f.opened(nil, nil)
	d := f.challenged(1, b, w)
	exec := func(by string, msgs ...sdk.Msg) *authz.MsgExec {
		e := authz.NewMsgExec(f.addr(by), msgs)
		e.Grantee = f.named(by)
		return &e
	}
	vote, other := f.commitMsg(d.Id, 0, d.Leaf), f.commitMsg(d.Id, 1, d.Leaf)
	require.True(t, f.keeper.IsDuty(f.ctx, exec("ref", vote)))
	require.False(t, f.keeper.IsDuty(f.ctx, exec("carl", vote)), "somebody else's")
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref", other)), "another validator's")
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref", vote, other)))
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref", vote, f.challengeMsg(b, w, 2))))
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref")))
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref", exec("ref", vote))))
	must(f, f.msgs.CommitVote, vote)
	require.False(t, f.keeper.IsDuty(f.ctx, exec("ref", vote)), "twice")
	f.runTo(d.CommitDeadline + 1)
	require.True(t, f.keeper.IsDuty(f.ctx, exec("ref", f.revealMsg(d.Id, 0, d.Leaf))))
}
