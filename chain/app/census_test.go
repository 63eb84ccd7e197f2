package app_test

import (
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
	censustypes "github.com/dmcn/dmcn/chain/x/census/types"
)

// toldOf returns the events of one type among those of a block.
func toldOf[T any](t *testing.T, events []abci.Event) (told []T) {
	t.Helper()
	for _, event := range events {
		var own []abci.EventAttribute
		for _, attribute := range event.Attributes {
			if attribute.Key != "mode" && attribute.Key != "msg_index" {
				own = append(own, attribute)
			}
		}
		typed, err := sdk.ParseTypedEvent(abci.Event{Type: event.Type, Attributes: own})
		if err != nil {
			continue
		}
		if wanted, is := typed.(T); is {
			told = append(told, wanted)
		}
	}
	return told
}

func TestTheFirstBlockTellsWhatAGenesisBrought(t *testing.T) {
	n := apptest.New(t, 3)
	events := n.Block(0).Events
	supplies := toldOf[*censustypes.EventSupply](t, events)
	require.Len(t, supplies, 1)
	minted := n.Apps[0].BankKeeper.GetSupply(n.Apps[0].NewContext(true), app.Denom).Amount.Sub(supplies[0].Supply)
	require.True(t, minted.IsPositive(), "the block itself mints: %s", minted)
	require.True(t, minted.LT(math.NewInt(1_000_000)), "the genesis brought the rest, but not %s", minted)

	validators := toldOf[*censustypes.EventValidatorChanged](t, events)
	require.Len(t, validators, 3)
	for _, told := range validators {
		require.Nil(t, told.Old)
		require.Equal(t, censustypes.ValidatorStatus_VALIDATOR_STATUS_BONDED, told.New.Status)
		address, err := sdk.ValAddressFromBech32(told.New.Operator)
		require.NoError(t, err)
		held, err := n.Apps[0].StakingKeeper.GetValidator(n.Apps[0].NewContext(true), address)
		require.NoError(t, err)
		require.Equal(t, held.Tokens.String(), told.New.Tokens.String())
		require.Equal(t, held.Description.Moniker, told.New.Moniker)
		consensus, err := held.GetConsAddr()
		require.NoError(t, err)
		require.Equal(t, consensus, told.New.ConsensusAddress)
	}
	again := n.Block(1).Events
	require.Empty(t, toldOf[*censustypes.EventSupply](t, again))
	require.Empty(t, toldOf[*censustypes.EventValidatorChanged](t, again))
}

func TestMovesOfStakeAreTold(t *testing.T) {
	l := newLedger(t, 10_000_000, "alice")
	validators, err := l.app().StakingKeeper.GetAllValidators(l.ctx())
	require.NoError(t, err)
	operator := validators[0].OperatorAddress
	before := validators[0].Tokens

	l.block(map[string][]sdk.Msg{"alice": {
		stakingtypes.NewMsgDelegate(l.named("alice"), operator, sdk.NewInt64Coin(app.Denom, 3_000_000)),
	}})
	told := toldOf[*censustypes.EventValidatorChanged](t, l.events)
	require.Len(t, told, 1)
	require.Equal(t, before.String(), told[0].Old.Tokens.String())
	require.Equal(t, before.AddRaw(3_000_000).String(), told[0].New.Tokens.String())

	l.block(map[string][]sdk.Msg{"alice": {
		stakingtypes.NewMsgUndelegate(l.named("alice"), operator, sdk.NewInt64Coin(app.Denom, 1_000_000)),
	}})
	told = toldOf[*censustypes.EventValidatorChanged](t, l.events)
	require.Len(t, told, 1)
	require.Equal(t, before.AddRaw(2_000_000).String(), told[0].New.Tokens.String())
}

func TestProposalsAreToldWithTheirTally(t *testing.T) {
	l := newLedger(t, 100_000_000, "alice")
	validators, err := l.app().StakingKeeper.GetAllValidators(l.ctx())
	require.NoError(t, err)
	params, err := l.app().GovKeeper.Params.Get(l.ctx())
	require.NoError(t, err)
	submit, err := govv1.NewMsgSubmitProposal(
		nil, sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1_000_000)), l.named("alice"), "ipfs://proposal", "a title", "a summary", false,
	)
	require.NoError(t, err)
	l.block(map[string][]sdk.Msg{"alice": {
		stakingtypes.NewMsgDelegate(l.named("alice"), validators[0].OperatorAddress, sdk.NewInt64Coin(app.Denom, 3_000_000)),
		submit,
	}})
	told := toldOf[*censustypes.EventProposalChanged](t, l.events)
	require.NotEmpty(t, told)
	first := told[0].Proposal
	require.Equal(t, "a title", first.Title)
	require.Equal(t, l.named("alice"), first.Proposer)
	require.Nil(t, first.Tally)

	rest := sdk.Coins(params.MinDeposit).AmountOf(app.Denom)
	l.block(map[string][]sdk.Msg{"alice": {
		govv1.NewMsgDeposit(l.addr("alice"), first.Id, sdk.NewCoins(sdk.NewCoin(app.Denom, rest))),
	}})
	told = toldOf[*censustypes.EventProposalChanged](t, l.events)
	require.Len(t, told, 1)
	require.Equal(t, censustypes.ProposalStatus_PROPOSAL_STATUS_VOTING, told[0].Proposal.Status)
	require.Equal(t, rest.AddRaw(1_000_000).String(), told[0].Proposal.Deposit.String())

	l.block(map[string][]sdk.Msg{"alice": {govv1.NewMsgVote(l.addr("alice"), first.Id, govv1.OptionNo, "")}})
	voted := toldOf[*censustypes.EventProposalVoted](t, l.events)
	require.Len(t, voted, 1)
	require.Equal(t, l.named("alice"), voted[0].Voter)
	require.Equal(t, "no", voted[0].Options[0].Option)

	for l.Time.UnixMilli() <= told[0].Proposal.VotingEndTime {
		l.BlockTime = time.Duration(told[0].Proposal.VotingEndTime-l.Time.UnixMilli()+1) * time.Millisecond
		l.decide()
	}
	counted := toldOf[*censustypes.EventProposalChanged](t, l.events)
	require.Len(t, counted, 1)
	require.Equal(t, censustypes.ProposalStatus_PROPOSAL_STATUS_REJECTED, counted[0].Proposal.Status)
	require.Equal(t, "3000000", counted[0].Proposal.Tally.No.String())
	require.True(t, counted[0].Proposal.Tally.Yes.IsZero())
}
