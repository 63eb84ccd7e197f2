package simulation

import (
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// registerKey rotates a validator's VRF key.
func (w *world) registerKey() (*account, []sdk.Msg) {
	v := pick(w.r, w.validators)
	keys, err := w.app.BeaconKeeper.Keys(w.ctx(), v.valoper())
	require.NoError(w, err)
	if len(keys) > 0 && v.steady && w.chance(80) {
		return nil, nil
	}
	if len(keys) > 0 {
		v.beaconKeys++
		writeSecrets(w, w.home, []*validator{v})
	}
	return does(v.account, beacontypes.NewMsgRegisterKey(v.valoper(), v.beaconKey()))
}

// rules are changes of the parameters, on behalf of somebody.
func (w *world) rules(authority string) sdk.Msg {
	switch w.r.IntN(9) {
	case 0, 1, 2:
		p := taskParams(w.r)
		if w.chance(10) {
			p.CoinHeights = 1
		}
		return &tasktypes.MsgUpdateParams{Authority: authority, Params: p}
	case 3, 4:
		return &workertypes.MsgUpdateParams{Authority: authority, Params: workerParams(w.r)}
	case 5:
		return &beacontypes.MsgUpdateParams{Authority: authority, Params: beaconParams(w.r)}
	case 6:
		return &audittypes.MsgUpdateParams{Authority: authority, Params: auditParams(w.r)}
	case 7:
		p, err := w.app.MintKeeper.Params.Get(w.ctx())
		require.NoError(w, err)
		p.BlocksPerYear = uint64(between(w.r, 10_000_000, 30_000_000))
		return &minttypes.MsgUpdateParams{Authority: authority, Params: p}
	default:
		return &distrtypes.MsgCommunityPoolSpend{
			Authority: authority, Recipient: pick(w.r, w.others).text, Amount: udmc(between(w.r, 1, 1_000)),
		}
	}
}

// updateParams is not for everybody.
func (w *world) updateParams() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	return does(by, w.rules(by.text))
}

func (w *world) submitProposal() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	deposit := int64(proposalCost)
	if w.chance(20) {
		deposit /= 2
	}
	msg, err := govv1.NewMsgSubmitProposal([]sdk.Msg{w.rules(authority())}, udmc(deposit), by.text, "", "new rules", "new rules", false)
	require.NoError(w, err)
	return does(by, msg)
}

// vote adds to a proposal's deposit or votes on it.
func (w *world) vote() (*account, []sdk.Msg) {
	var proposals []govv1.Proposal
	require.NoError(w, w.app.GovKeeper.Proposals.Walk(w.ctx(), nil, func(_ uint64, p govv1.Proposal) (bool, error) {
		if p.Status == govv1.StatusDepositPeriod || p.Status == govv1.StatusVotingPeriod {
			proposals = append(proposals, p)
		}
		return false, nil
	}))
	if len(proposals) == 0 {
		return nil, nil
	}
	p := pick(w.r, proposals)
	if by := pick(w.r, w.others); p.Status == govv1.StatusDepositPeriod {
		return does(by, govv1.NewMsgDeposit(by.addr, p.Id, udmc(proposalCost/2)))
	}
	v := pick(w.r, w.validators[:steadyValidators])
	option := govv1.OptionYes
	if w.chance(10) {
		option = govv1.OptionNoWithVeto
	}
	return does(v.account, govv1.NewMsgVote(v.addr, p.Id, option, ""))
}
