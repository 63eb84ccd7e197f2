package types

import (
	"time"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// ValidatorOf is the part of a validator that is told.
func ValidatorOf(v stakingtypes.Validator) (*Validator, error) {
	address, err := v.GetConsAddr()
	if err != nil {
		return nil, err
	}
	return &Validator{
		Operator: v.OperatorAddress, ConsensusAddress: address, Moniker: v.Description.Moniker,
		Status: ValidatorStatus(v.Status), Jailed: v.Jailed, Tokens: v.Tokens, Commission: v.Commission.Rate.String(),
	}, nil
}

// ProposalOf is the part of a proposal that is told, its deposit in one coin.
func ProposalOf(p govtypes.Proposal, denom string) Proposal {
	messages := make([]string, len(p.Messages))
	for i, message := range p.Messages {
		messages[i] = message.TypeUrl
	}
	return Proposal{
		Id: p.Id, Proposer: p.Proposer, Title: p.Title, Summary: p.Summary, Messages: messages,
		Status: ProposalStatus(p.Status), Expedited: p.Expedited, Deposit: sdk.Coins(p.TotalDeposit).AmountOf(denom),
		SubmitTime: millis(p.SubmitTime), DepositEndTime: millis(p.DepositEndTime),
		VotingStartTime: millis(p.VotingStartTime), VotingEndTime: millis(p.VotingEndTime),
		Tally: tallyOf(p), FailedReason: p.FailedReason,
	}
}

func millis(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.UnixMilli()
}

// tallyOf is nil before the first count: x/gov holds zeros then.
func tallyOf(p govtypes.Proposal) *Tally {
	if p.FinalTallyResult == nil || p.Status < govtypes.StatusVotingPeriod {
		return nil
	}
	amount := func(text string) math.Int {
		if number, ok := math.NewIntFromString(text); ok {
			return number
		}
		return math.ZeroInt()
	}
	t := p.FinalTallyResult
	tally := Tally{
		Yes: amount(t.YesCount), Abstain: amount(t.AbstainCount), No: amount(t.NoCount), NoWithVeto: amount(t.NoWithVetoCount),
	}
	counted := tally.Yes.Add(tally.Abstain).Add(tally.No).Add(tally.NoWithVeto)
	if p.Status == govtypes.StatusVotingPeriod && counted.IsZero() {
		return nil
	}
	return &tally
}

var options = map[govtypes.VoteOption]string{
	govtypes.OptionYes: "yes", govtypes.OptionAbstain: "abstain", govtypes.OptionNo: "no",
	govtypes.OptionNoWithVeto: "no_with_veto",
}

// VotedOf is how a vote is told.
func VotedOf(v govtypes.Vote) *EventProposalVoted {
	told := make([]VoteOption, len(v.Options))
	for i, option := range v.Options {
		told[i] = VoteOption{Option: options[option.Option], Weight: option.Weight}
	}
	return &EventProposalVoted{ProposalId: v.ProposalId, Voter: v.Voter, Options: told}
}
