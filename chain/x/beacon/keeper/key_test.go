package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/keeper"
	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

func (f *fixture) keyAt(height int64) []byte {
	f.t.Helper()
	key, ok, err := f.keeper.KeyAt(f.ctx, f.alice, height)
	require.NoError(f.t, err)
	if !ok {
		return nil
	}
	return key.PublicKey
}

func TestAGenesisKeyCountsAtOnce(t *testing.T) {
	f := newFixture(t)
	require.ErrorIs(t, f.keeper.RequireKeys(f.ctx, 1), types.ErrMissingKey)
	require.Zero(t, f.register(0, f.key))
	require.NoError(t, f.keeper.RequireKeys(f.ctx, 1))
	require.True(t, f.record(1, f.proof(1, f.key)).Live)
}

func TestAKeyCountsAfterTheDelay(t *testing.T) {
	f := newFixture(t)
	f.record(1)
	delay := types.DefaultParams().KeyDelay
	active := f.register(1, f.key)
	require.Equal(t, 1+delay, active)
	require.Nil(t, f.keyAt(active-1))
	require.Equal(t, f.key.Public(), f.keyAt(active))
	require.False(t, f.record(2).Live, "until then the fallback is right")
}

func TestRotation(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	f.record(1, f.proof(1, f.key))
	second := f.newKey()
	active := f.register(1, second)
	require.Equal(t, f.key.Public(), f.keyAt(active-1))
	require.Equal(t, second.Public(), f.keyAt(active))

	third := f.newKey()
	f.record(2, f.proof(2, f.key))
	later := f.register(2, third)
	require.Equal(t, f.key.Public(), f.keyAt(active), "the key that waited was replaced")
	require.Equal(t, third.Public(), f.keyAt(later))
	keys, err := f.keeper.Keys(f.ctx, f.alice)
	require.NoError(t, err)
	require.Len(t, keys, 2)
}

func TestRotationForgetsKeysOutOfUse(t *testing.T) {
	f := newFixture(t)
	_, err := keeper.NewMsgServer(f.keeper).UpdateParams(f.ctx, &types.MsgUpdateParams{
		Authority: authority, Params: types.Params{KeyDelay: 1, History: 5},
	})
	require.NoError(t, err)
	for h := int64(1); h <= 10; h++ {
		f.record(h)
		f.register(h, f.newKey())
	}
	keys, err := f.keeper.Keys(f.ctx, f.alice)
	require.NoError(t, err)
	require.Len(t, keys, 2)
}

func TestRegisterKeyRefuses(t *testing.T) {
	f := newFixture(t)
	good := types.NewMsgRegisterKey(f.alice, f.key)
	bob := sdk.ValAddress("bob_________________")
	for name, c := range map[string]struct {
		change func(*types.MsgRegisterKey)
		err    error
	}{
		"another's proof of possession": {func(m *types.MsgRegisterKey) { m.Possession = types.NewMsgRegisterKey(bob, f.key).Possession }, types.ErrNoPossession},
		"another key":                   {func(m *types.MsgRegisterKey) { m.PublicKey = f.newKey().Public() }, types.ErrNoPossession},
		"no proof":                      {func(m *types.MsgRegisterKey) { m.Possession = nil }, types.ErrNoPossession},
		"no key":                        {func(m *types.MsgRegisterKey) { m.PublicKey = nil }, types.ErrInvalidKey},
		"nobody":                        {func(m *types.MsgRegisterKey) { *m = *types.NewMsgRegisterKey(bob, f.key) }, types.ErrNotValidator},
	} {
		t.Run(name, func(t *testing.T) {
			msg := *good
			c.change(&msg)
			_, err := keeper.NewMsgServer(f.keeper).RegisterKey(f.at(0), &msg)
			require.ErrorIs(t, err, c.err)
			require.Nil(t, f.keyAt(1))
		})
	}
}

func TestARemovedValidatorsKeysAreForgotten(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	require.NoError(t, f.keeper.Hooks().AfterValidatorRemoved(f.ctx, nil, f.alice))
	require.Nil(t, f.keyAt(1))
}

func TestOnlyGovernanceChangesParams(t *testing.T) {
	f := newFixture(t)
	server := keeper.NewMsgServer(f.keeper)
	_, err := server.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: "me", Params: types.DevnetParams()})
	require.ErrorIs(t, err, types.ErrUnauthorized)
	_, err = server.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority})
	require.ErrorIs(t, err, types.ErrInvalidParams)
	params, err := f.keeper.Params(f.ctx)
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), params)
}
