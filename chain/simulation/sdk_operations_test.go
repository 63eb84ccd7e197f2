package simulation

import (
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// send goes from anybody to anybody, now and then to an account of a module: ours may hold more than they owe.
func (w *world) send() (*account, []sdk.Msg) {
	from, to := pick(w.r, w.funded()).account, pick(w.r, w.workers).operator.addr
	if w.chance(50) {
		to = pick(w.r, w.funded()).account.addr
	}
	switch {
	case w.chance(10):
		to = moduleAddress(pick(w.r, accounts))
	case w.chance(10):
		to = moduleAddress(distrtypes.ModuleName)
	}
	return does(from, banktypes.NewMsgSend(from.addr, to, udmc(between(w.r, 1, 1_000_000))))
}

func (w *world) grantAllowance() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	return does(k.owner, w.allowance(k))
}

func (w *world) revokeAllowance() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	msg := feegrant.NewMsgRevokeAllowance(k.owner.addr, k.operator.addr)
	msgs := []sdk.Msg{&msg}
	if w.chance(70) {
		msgs = append(msgs, w.allowance(k))
	}
	return k.owner, msgs
}

func (w *world) delegate() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	return does(by, &stakingtypes.MsgDelegate{
		DelegatorAddress: by.text, ValidatorAddress: pick(w.r, w.validators).valoper().String(), Amount: coin(between(w.r, 1, purse/50)),
	})
}

// delegation is one that somebody has.
func (w *world) delegation() (by *account, to stakingtypes.Delegation, ok bool) {
	by = pick(w.r, w.others)
	list, err := w.app.StakingKeeper.GetAllDelegatorDelegations(w.ctx(), by.addr)
	require.NoError(w, err)
	if len(list) == 0 {
		return by, to, false
	}
	return by, pick(w.r, list), true
}

func (w *world) undelegate() (*account, []sdk.Msg) {
	by, d, ok := w.delegation()
	if v := pick(w.r, w.validators); !v.steady && w.chance(10) {
		by, ok = v.account, true
		d = stakingtypes.Delegation{ValidatorAddress: v.valoper().String()}
	}
	if !ok {
		return nil, nil
	}
	return does(by, &stakingtypes.MsgUndelegate{
		DelegatorAddress: by.text, ValidatorAddress: d.ValidatorAddress, Amount: coin(between(w.r, 1, purse/50)),
	})
}

func (w *world) redelegate() (*account, []sdk.Msg) {
	by, d, ok := w.delegation()
	if !ok {
		return nil, nil
	}
	return does(by, &stakingtypes.MsgBeginRedelegate{
		DelegatorAddress: by.text, ValidatorSrcAddress: d.ValidatorAddress,
		ValidatorDstAddress: pick(w.r, w.validators).valoper().String(), Amount: coin(between(w.r, 1, purse/100)),
	})
}

func (w *world) cancelUnbonding() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	list, err := w.app.StakingKeeper.GetAllUnbondingDelegations(w.ctx(), by.addr)
	require.NoError(w, err)
	if len(list) == 0 {
		return nil, nil
	}
	unbonding := pick(w.r, list)
	entry := pick(w.r, unbonding.Entries)
	return does(by, &stakingtypes.MsgCancelUnbondingDelegation{
		DelegatorAddress: by.text, ValidatorAddress: unbonding.ValidatorAddress,
		Amount: sdk.NewCoin(coin(1).Denom, entry.Balance), CreationHeight: entry.CreationHeight,
	})
}

func (w *world) withdrawRewards() (*account, []sdk.Msg) {
	if v := pick(w.r, w.validators); w.chance(40) {
		return does(v.account, &distrtypes.MsgWithdrawValidatorCommission{ValidatorAddress: v.valoper().String()})
	}
	by, d, ok := w.delegation()
	if !ok {
		return nil, nil
	}
	return does(by, &distrtypes.MsgWithdrawDelegatorReward{DelegatorAddress: by.text, ValidatorAddress: d.ValidatorAddress})
}

func (w *world) fundCommunityPool() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	return does(by, &distrtypes.MsgFundCommunityPool{Depositor: by.text, Amount: udmc(between(w.r, 1, 1_000_000))})
}

// createValidator makes one that has no VRF key yet: its blocks are not live.
func (w *world) createValidator() (*account, []sdk.Msg) {
	v := pick(w.r, w.validators)
	if _, err := w.app.StakingKeeper.GetValidator(w.ctx(), v.valoper()); err == nil && w.r.IntN(10) > 0 {
		return nil, nil
	}
	return does(v.account, v.create(selfDelegation(v)))
}

func (w *world) unjail() (*account, []sdk.Msg) {
	v := pick(w.r, w.validators)
	known, err := w.app.StakingKeeper.GetValidator(w.ctx(), v.valoper())
	if (err != nil || !known.Jailed) && w.r.IntN(20) > 0 {
		return nil, nil
	}
	return does(v.account, &slashingtypes.MsgUnjail{ValidatorAddr: v.valoper().String()})
}

// soon is a time at which no block is made: authz cannot import a grant that expires at the very time of the genesis.
func (w *world) soon() time.Time { return w.time.Add(time.Minute + time.Second/2) }

// authorise lets somebody act for another account, or does so.
func (w *world) authorise() (*account, []sdk.Msg) {
	k, by := pick(w.r, w.workers[:4]), w.others[0]
	if _, registered := w.state.workers[k.owner.text]; !registered {
		return nil, nil
	}
	act := &workertypes.MsgBond{Owner: k.owner.text, Amount: workertypes.DefaultParams().Lot}
	if w.chance(50) {
		until := w.soon()
		msg, err := authz.NewMsgGrant(k.owner.addr, by.addr, authz.NewGenericAuthorization(sdk.MsgTypeURL(act)), &until)
		require.NoError(w, err)
		return does(k.owner, msg)
	}
	msg := authz.NewMsgExec(by.addr, []sdk.Msg{act})
	return does(by, &msg)
}
