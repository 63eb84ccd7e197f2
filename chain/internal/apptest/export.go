package apptest

import (
	"encoding/json"
	"testing"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"

	servertypes "github.com/cosmos/cosmos-sdk/server/types"

	"github.com/dmcn/dmcn/chain/app"
)

// RequireRoundTrip exports an application, imports that into an empty one, which stays empty, exports again, and requires
// the same bytes.
func RequireRoundTrip(t testing.TB, application, imported *app.App, now time.Time) servertypes.ExportedApp {
	t.Helper()
	exported, err := application.ExportAppStateAndValidators(false, nil, nil)
	require.NoError(t, err)

	header := cmtproto.Header{ChainID: ChainID, Height: exported.Height, Time: now}
	ctx, _ := imported.NewContextLegacy(true, header).CacheContext()
	state := app.GenesisState{}
	require.NoError(t, json.Unmarshal(exported.AppState, &state))
	require.NoError(t, imported.StoreConsensusParams(ctx, exported.ConsensusParams))
	_, err = imported.ModuleManager.InitGenesis(ctx, imported.AppCodec(), state)
	require.NoError(t, err)
	again, err := imported.ExportModules(ctx)
	require.NoError(t, err)

	for module, raw := range state {
		require.JSONEq(t, string(raw), string(again[module]), module)
	}
	bytes, err := json.MarshalIndent(again, "", "  ")
	require.NoError(t, err)
	require.Equal(t, string(exported.AppState), string(bytes))
	return exported
}
