package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestUpdateParams(t *testing.T) {
	f := newFixture(t)
	msg := &types.MsgUpdateParams{Authority: f.named("alice"), Params: types.DevnetParams()}
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrUnauthorized)
	msg.Authority = f.keeper.Authority()
	msg.Params.CoinHeights = 3 // with 4 validators
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrInvalidParams)
	msg.Params.CoinHeights, msg.Params.FeeBps = 5, 10_001
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrInvalidParams)
	msg.Params.FeeBps = 300
	must(f, f.msgs.UpdateParams, msg)
	params, err := f.keeper.Params(f.ctx)
	require.NoError(t, err)
	require.Equal(t, msg.Params, params)
	require.Len(t, events[*types.EventParamsUpdated](f), 1)
}
