package simulation

import sdk "github.com/cosmos/cosmos-sdk/types"

// operation is something that somebody may want to do: whose transaction it is and what is in it, or nothing.
type operation struct {
	weight int
	act    func(*world) (*account, []sdk.Msg)
}

// operations are all that happens on the chain, with how often it is tried.
var operations = []operation{
	{3, (*world).storeModule},
	{2, (*world).removeModule},
	{14, (*world).submitJob},
	{2, (*world).cancelJob},
	{4, (*world).confirmInputs},
	{24, (*world).acceptOffer},
	{30, (*world).commit},
	{10, (*world).reportMissingInput},
	{30, (*world).open},
	{12, (*world).acceptBatch},
	{8, (*world).demandOutput},
	{8, (*world).postOutput},
	{20, (*world).postAudit},
	{4, (*world).showKey},
	{14, (*world).challenge},
	{12, (*world).postInput},
	{2, (*world).appointReferee},

	{6, (*world).register},
	{2, (*world).update},
	{2, (*world).pause},
	{8, (*world).resume},
	{4, (*world).bond},
	{4, (*world).withdraw},

	{2, (*world).registerKey},
	{3, (*world).updateParams},

	{4, (*world).send},
	{3, (*world).grantAllowance},
	{1, (*world).revokeAllowance},
	{4, (*world).delegate},
	{3, (*world).undelegate},
	{2, (*world).redelegate},
	{1, (*world).cancelUnbonding},
	{3, (*world).withdrawRewards},
	{1, (*world).fundCommunityPool},
	{2, (*world).createValidator},
	{3, (*world).unjail},
	{2, (*world).submitProposal},
	{8, (*world).vote},
	{4, (*world).authorise},

	{1, (*world).steal},
	{4, (*world).repair},
}

// choose asks somebody at random.
func (w *world) choose() (*account, []sdk.Msg) {
	total := 0
	for _, o := range operations {
		total += o.weight
	}
	at := w.r.IntN(total)
	for _, o := range operations {
		if at -= o.weight; at < 0 {
			return o.act(w)
		}
	}
	return nil, nil
}

// does is the transaction of somebody.
func does(by *account, msgs ...sdk.Msg) (*account, []sdk.Msg) { return by, msgs }
