package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

func TestExportImportExport(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	for h := int64(1); h <= 5; h++ {
		f.record(h, f.proof(h, f.key))
	}
	f.register(5, f.newKey())
	exported, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Len(t, exported.Seeds, 6)
	require.Len(t, exported.Keys, 2)

	g := newFixture(t)
	require.NoError(t, g.keeper.InitGenesis(g.at(6), *exported))
	again, err := g.keeper.ExportGenesis(g.ctx)
	require.NoError(t, err)
	require.Equal(t, exported, again)

	g.alice = f.alice
	require.True(t, g.record(6, g.proof(6, f.key)).Live, "the chain goes on")
}

func TestInitGenesisRefusesAnotherHeight(t *testing.T) {
	f := newFixture(t)
	genesis := *types.NewGenesis(types.DefaultParams(), types.GenesisSeed("a"), 3)
	require.ErrorIs(t, f.keeper.InitGenesis(f.at(0), genesis), types.ErrInvalidGenesis)
	require.ErrorIs(t, f.keeper.InitGenesis(f.at(5), genesis), types.ErrInvalidGenesis)
	require.NoError(t, f.keeper.InitGenesis(f.at(4), genesis))
}
