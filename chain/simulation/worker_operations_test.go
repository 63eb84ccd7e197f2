package simulation

import (
	"crypto/sha256"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func (w *world) terms(k *worker) workertypes.Terms {
	key := sha256.Sum256([]byte(k.owner.name))
	t := workertypes.Terms{
		EncryptionKey: key[:], Ask: math.NewInt(between(w.r, 100_000, 1_500_000)), Rate: uint64(between(w.r, 10_000_000, 50_000_000)),
		Memory: uint64(between(w.r, 128, 512)) << 20,
	}
	if w.chance(50) {
		t.Features = []string{"big"}
	}
	if modules := w.state.task.Modules; len(modules) > 0 && w.chance(25) {
		t.Modules = [][]byte{pick(w.r, modules).Module.Id}
	}
	if w.chance(25) {
		t.MaxGasLimit = uint64(between(w.r, 1_000_000, 5_000_000))
	}
	return t
}

// register makes a worker whose owner pays for its operator.
func (w *world) register() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	if _, registered := w.state.workers[k.owner.text]; registered && w.r.IntN(20) > 0 {
		return nil, nil
	}
	t := w.terms(k)
	operator := k.operator
	if w.chance(10) {
		operator = k.owner
	}
	return does(k.owner, w.allowance(k), &workertypes.MsgRegister{
		Owner: k.owner.text, Operator: operator.text, EncryptionKey: t.EncryptionKey, Ask: t.Ask, Rate: t.Rate, Memory: t.Memory,
		Features: t.Features, Modules: t.Modules, MaxGasLimit: t.MaxGasLimit, Bond: math.NewInt(between(w.r, 1, 100) * 100_000),
	})
}

func (w *world) allowance(k *worker) sdk.Msg {
	allowance := &feegrant.BasicAllowance{}
	if w.chance(20) {
		allowance.SpendLimit = udmc(between(w.r, 1, 20) * fee)
	}
	if w.chance(20) {
		until := w.soon()
		allowance.Expiration = &until
	}
	msg, err := feegrant.NewMsgGrantAllowance(allowance, k.owner.addr, k.operator.addr)
	require.NoError(w, err)
	return msg
}

func (w *world) update() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	t := w.terms(k)
	operator := pick(w.r, []*account{k.operator, k.operator, k.owner, pick(w.r, w.workers).operator, pick(w.r, w.workers).owner})
	return does(k.owner, &workertypes.MsgUpdate{
		Owner: k.owner.text, Operator: operator.text, EncryptionKey: t.EncryptionKey, Ask: t.Ask, Rate: t.Rate, Memory: t.Memory,
		Features: t.Features, Modules: t.Modules, MaxGasLimit: t.MaxGasLimit,
	})
}

func (w *world) pause() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	signer := pick(w.r, []*account{k.owner, w.operator(k)})
	return does(signer, &workertypes.MsgPause{Signer: signer.text, Owner: k.owner.text})
}

// resume wakes those who are out of the draw.
func (w *world) resume() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	if w.state.workers[k.owner.text].Status == workertypes.WORKER_STATUS_ACTIVE && w.r.IntN(20) > 0 {
		return nil, nil
	}
	signer := pick(w.r, []*account{k.owner, w.operator(k)})
	return does(signer, &workertypes.MsgResume{Signer: signer.text, Owner: k.owner.text})
}

func (w *world) bond() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	return does(k.owner, &workertypes.MsgBond{Owner: k.owner.text, Amount: math.NewInt(between(w.r, 1, 2_000_000))})
}

// withdraw takes a part, all that is free, or more than that.
func (w *world) withdraw() (*account, []sdk.Msg) {
	k := pick(w.r, w.workers)
	amount := math.NewInt(between(w.r, 1, 2_000_000))
	if registered, ok := w.state.workers[k.owner.text]; ok && w.chance(30) {
		amount = registered.Free()
	}
	return does(k.owner, &workertypes.MsgWithdraw{Owner: k.owner.text, Amount: amount})
}
