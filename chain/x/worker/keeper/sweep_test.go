package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestSlotsFollowANewLot(t *testing.T) {
	f := newFixture(t)
	const owners = 2*keeper.SweptWorkers + 50
	for n := range owners {
		f.worker(n, 2*lot)
	}
	params, err := f.Params(f.ctx)
	require.NoError(t, err)
	params.Lot = math.NewInt(2 * lot)
	require.NoError(t, f.SetParams(f.ctx, params))
	require.Len(t, f.slotOwners(), 2*owners)

	for height, want := range []int{2*owners - keeper.SweptWorkers, 2*owners - 2*keeper.SweptWorkers, owners, owners} {
		f.at(int64(height) + 2)
		require.NoError(t, f.EndBlock(f.ctx))
		require.Len(t, f.slotOwners(), want)
		require.NoError(t, f.CheckInvariants(f.ctx))
	}
}

func TestASweepMovesABoundedNumberOfSlots(t *testing.T) {
	f := newFixture(t)
	for n := range 5 {
		f.worker(n, 1_000*lot)
	}
	params, err := f.Params(f.ctx)
	require.NoError(t, err)
	params.MaxLots = 1
	require.NoError(t, f.SetParams(f.ctx, params))
	for _, want := range []int{2_003, 5, 5} {
		require.NoError(t, f.EndBlock(f.ctx))
		require.Len(t, f.slotOwners(), want)
	}
}

func TestUpdateParams(t *testing.T) {
	f := newFixture(t)
	server := keeper.NewMsgServer(f.Keeper)
	params := types.DevnetParams()

	_, err := server.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: account(1).String(), Params: params})
	require.ErrorIs(t, err, sdkerrors.ErrUnauthorized)
	_, err = server.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority})
	require.ErrorIs(t, err, types.ErrInvalidParams)
	_, err = server.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: params})
	require.NoError(t, err)
	got, err := f.Params(f.ctx)
	require.NoError(t, err)
	require.Equal(t, params, got)
	event := f.events()[0].(*types.EventParamsUpdated)
	require.Equal(t, params, event.Params)
	require.EqualValues(t, lot, event.Old.Lot.Int64())
}
