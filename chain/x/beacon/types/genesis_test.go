package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	operator := sdk.ValAddress("operator____________").String()
	key := func(height int64) types.ValidatorKey {
		return types.ValidatorKey{Operator: operator, PublicKey: make([]byte, 32), ActiveHeight: height}
	}
	for name, change := range map[string]func(*types.GenesisState){
		"no seed":         func(g *types.GenesisState) { g.Seeds = nil },
		"short seed":      func(g *types.GenesisState) { g.Seeds[0].Value = []byte{1} },
		"a gap":           func(g *types.GenesisState) { g.Seeds = append(g.Seeds, types.Seed{Height: 2, Value: g.Seeds[0].Value}) },
		"negative height": func(g *types.GenesisState) { g.Seeds[0].Height = -1 },
		"parameters":      func(g *types.GenesisState) { g.Params.KeyDelay = 0 },
		"history":         func(g *types.GenesisState) { g.Params.History = 0 },
		"unknown operator": func(g *types.GenesisState) {
			g.Keys = []types.ValidatorKey{{Operator: "x", PublicKey: make([]byte, 32)}}
		},
		"short key":          func(g *types.GenesisState) { g.Keys = []types.ValidatorKey{{Operator: operator}} },
		"same height twice":  func(g *types.GenesisState) { g.Keys = []types.ValidatorKey{key(1), key(1)} },
		"three keys":         func(g *types.GenesisState) { g.Keys = []types.ValidatorKey{key(1), key(2), key(3)} },
		"key before genesis": func(g *types.GenesisState) { g.Keys = []types.ValidatorKey{key(-1)} },
	} {
		t.Run(name, func(t *testing.T) {
			genesis := types.DefaultGenesis()
			change(genesis)
			require.Error(t, genesis.Validate())
		})
	}
}

func TestGenesisNeedsAKeyForEveryValidator(t *testing.T) {
	one, two := sdk.ValAddress("one_________________").String(), sdk.ValAddress("two_________________").String()
	genesis := types.GenesisState{Keys: []types.ValidatorKey{{Operator: one}, {Operator: two, ActiveHeight: 9}}}
	require.NoError(t, genesis.CheckKeys([]string{one}, 1))
	require.ErrorIs(t, genesis.CheckKeys([]string{one, two}, 8), types.ErrMissingKey, "the second key counts later")
	require.NoError(t, genesis.CheckKeys([]string{one, two}, 9))
	require.ErrorIs(t, types.GenesisState{}.CheckKeys([]string{one}, 1), types.ErrMissingKey)

	genesis.Seeds = []types.Seed{{Height: 7, LiveCount: 3}}
	require.NoError(t, genesis.CheckKeys([]string{one, two}, 8), "a chain that goes on")
	require.ErrorIs(t, genesis.CheckKeys([]string{two}, 8), types.ErrMissingKey, "but not without any key")
}
