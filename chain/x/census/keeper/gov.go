package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/dmcn/dmcn/chain/x/census/types"
)

var _ govtypes.GovHooks = Hooks{}

// Hooks tell what happens to proposals. That one is dropped or cancelled x/gov tells by itself.
type Hooks struct{ keeper Keeper }

// Hooks returns the hooks for x/gov.
func (k Keeper) Hooks() Hooks { return Hooks{k} }

// AfterProposalSubmission tells the new proposal.
func (h Hooks) AfterProposalSubmission(ctx context.Context, id uint64, _ sdk.AccAddress) error {
	return h.keeper.tellProposal(ctx, id)
}

// AfterProposalDeposit tells the proposal, which may be voted on now.
func (h Hooks) AfterProposalDeposit(ctx context.Context, id uint64, _ sdk.AccAddress) error {
	return h.keeper.tellProposal(ctx, id)
}

// AfterProposalVote tells the vote.
func (h Hooks) AfterProposalVote(ctx context.Context, id uint64, voter sdk.AccAddress) error {
	vote, err := h.keeper.votes.Get(ctx, collections.Join(id, voter))
	if err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(types.VotedOf(vote))
}

// AfterProposalFailedMinDeposit does nothing: the proposal is no more.
func (Hooks) AfterProposalFailedMinDeposit(context.Context, uint64) error { return nil }

// AfterProposalVotingPeriodEnded tells what came of the proposal.
func (h Hooks) AfterProposalVotingPeriodEnded(ctx context.Context, id uint64) error {
	return h.keeper.tellProposal(ctx, id)
}

func (k Keeper) tellProposal(ctx context.Context, id uint64) error {
	proposal, err := k.proposals.Get(ctx, id)
	if err != nil {
		return err
	}
	return tell(sdk.UnwrapSDKContext(ctx), proposal)
}

func tell(ctx sdk.Context, proposal govv1.Proposal) error {
	return ctx.EventManager().EmitTypedEvent(&types.EventProposalChanged{
		Proposal: types.ProposalOf(proposal, sdk.DefaultBondDenom),
	})
}

// tellGenesis tells the supply and the proposals that a genesis brought; EndBlock tells its validators.
func (k Keeper) tellGenesis(ctx sdk.Context) error {
	supply := k.bank.GetSupply(ctx, sdk.DefaultBondDenom).Amount
	if err := ctx.EventManager().EmitTypedEvent(&types.EventSupply{Supply: supply}); err != nil {
		return err
	}
	return k.proposals.Walk(ctx, nil, func(_ uint64, proposal govv1.Proposal) (bool, error) {
		return false, tell(ctx, proposal)
	})
}
