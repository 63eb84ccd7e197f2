package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// newUsedFixture has workers in all states, slots out of order, leases, lapses and a sweep under way.
func newUsedFixture(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	for n := range 6 {
		f.worker(n, int64(n+1)*lot)
	}
	f.at(20)
	f.lapse(account(5), 100)
	f.lapse(account(4), 100)
	f.lapse(account(5), 100)
	f.leased(account(3), 700)
	require.NoError(t, f.Reserve(f.ctx, account(3), math.NewInt(50)))
	require.NoError(t, f.Pause(f.ctx, account(2), account(2)))
	for range 3 {
		require.NoError(t, f.MissOffer(f.ctx, account(1), types.BatchRef{JobID: 3}))
	}
	require.NoError(t, f.Withdraw(f.ctx, account(0), math.NewInt(lot)))
	require.NoError(t, f.AuditMatched(f.ctx, account(4), slashRef))
	f.forfeit(account(4), types.SLASH_KIND_LEAF, 200, shareOf(account(0), types.SLASH_ROLE_PROVER, 60))
	f.forfeit(account(1), types.SLASH_KIND_WITHHELD, 300)
	require.NoError(t, f.Final(f.ctx, account(5), types.BatchRef{JobID: 4}))
	return f
}

func (f *fixture) exported() string {
	f.Helper()
	state, err := f.ExportGenesis(f.ctx)
	require.NoError(f, err)
	require.NoError(f, state.Validate(bech32))
	return string(f.cdc.MustMarshalJSON(state))
}

// imported is a new chain with an exported state.
func (f *fixture) imported(exported string) *fixture {
	f.Helper()
	next := newEmptyFixture(f)
	for name, amount := range map[string]int64{types.BondAccount: f.bonded(), types.HoldAccount: f.holding()} {
		owed := sdk.NewCoins(sdk.NewInt64Coin(types.BondDenom, amount))
		require.NoError(f, next.bank.MintCoins(next.ctx, minter, owed))
		require.NoError(f, next.bank.SendCoinsFromModuleToModule(next.ctx, minter, name, owed))
	}
	var state types.GenesisState
	next.cdc.MustUnmarshalJSON([]byte(exported), &state)
	require.NoError(f, next.InitGenesis(next.ctx, state))
	return next
}

func TestExportImportExport(t *testing.T) {
	f := newUsedFixture(t)
	exported := f.exported()
	next := f.imported(exported)
	require.Equal(t, exported, next.exported())
	require.Equal(t, f.slotOwners(), next.slotOwners())
	require.NoError(t, next.CheckInvariants(next.ctx))

	for _, chain := range []*fixture{f, next} {
		chain.at(3_000)
		require.NoError(t, chain.EndBlock(chain.ctx))
		chain.lapse(account(5), 100)
		chain.mint(account(3), 1_000_000)
		require.NoError(t, chain.Bond(chain.ctx, account(3), math.NewInt(5*lot)))
		require.NoError(t, chain.ReverseSlash(chain.ctx, 1))
		chain.forfeit(account(3), types.SLASH_KIND_AUDIT, 100)
		require.NoError(t, chain.Pause(chain.ctx, account(4), account(4)))
	}
	require.Equal(t, f.exported(), next.exported(), "both go on in the same way")
}

func TestImportGoesOnWithASweep(t *testing.T) {
	f := newUsedFixture(t)
	params, err := f.Params(f.ctx)
	require.NoError(t, err)
	params.Lot = math.NewInt(2 * lot)
	require.NoError(t, f.SetParams(f.ctx, params))
	next := f.imported(f.exported())
	require.Equal(t, f.exported(), next.exported())
	next.at(21)
	require.NoError(t, f.EndBlock(f.ctx))
	require.NoError(t, next.EndBlock(next.ctx))
	require.Equal(t, f.exported(), next.exported())
	require.EqualValues(t, 3, next.get(account(5)).Lots)
}

func TestGenesisNeedsTheBondsCoins(t *testing.T) {
	f := newUsedFixture(t)
	state, err := f.ExportGenesis(f.ctx)
	require.NoError(t, err)
	next := newEmptyFixture(t)
	require.ErrorIs(t, next.InitGenesis(next.ctx, *state), types.ErrInvalidGenesis)
}
