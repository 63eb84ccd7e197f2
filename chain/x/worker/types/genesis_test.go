package types_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec/address"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

var bech32 = address.NewBech32Codec("dmcn")

func addressOf(t *testing.T, b byte) string {
	t.Helper()
	text, err := bech32.BytesToString(bytes.Repeat([]byte{b}, types.OwnerLength))
	require.NoError(t, err)
	return text
}

// newGenesis has two workers, the first with a lapse.
func newGenesis(t *testing.T) types.GenesisState {
	t.Helper()
	first, second := newWorker(2_500), newWorker(1_000)
	first.Owner, first.Operator, first.Lots, first.Locked = addressOf(t, 1), addressOf(t, 11), 2, math.NewInt(100)
	second.Owner, second.Operator, second.Lots = addressOf(t, 2), addressOf(t, 12), 1
	return types.GenesisState{
		Params:  testParams(),
		Workers: []types.Worker{first, second},
		Slots:   []string{first.Owner, second.Owner, first.Owner},
		Lapses: []types.Lapse{
			{Id: 2, Owner: first.Owner, Amount: math.NewInt(60), Height: 5, ReleaseHeight: 9},
			{Id: 3, Owner: first.Owner, Amount: math.NewInt(40), Height: 5, ReleaseHeight: 8},
		},
		LapseHistory: []types.LapseRecord{{Owner: first.Owner, Height: 4, Id: 1}, {Owner: first.Owner, Height: 5, Id: 2}},
		NextLapseId:  4,
		Slashes: []types.Slash{
			{
				Id: 1, Kind: types.SLASH_KIND_LEAF, Owner: first.Owner, Amount: math.NewInt(90), Height: 4, ReleaseHeight: 24,
				Shares: []types.SlashShare{{Recipient: second.Owner, Role: types.SLASH_ROLE_PROVER, Amount: math.NewInt(90)}},
				Before: &types.SlashRecord{Status: types.WORKER_STATUS_PAUSED},
			},
			{Id: 3, Kind: types.SLASH_KIND_CHALLENGE, Owner: addressOf(t, 3), Amount: math.NewInt(7), Height: 5, ReleaseHeight: 25},
		},
		NextSlashId: 4,
	}
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate(bech32))
	require.NoError(t, newGenesis(t).Validate(bech32))
	for name, spoil := range map[string]func(*types.GenesisState){
		"owner unreadable":    func(g *types.GenesisState) { g.Workers[0].Owner = "x" },
		"operator unreadable": func(g *types.GenesisState) { g.Workers[0].Operator = "" },
		"owners out of order": func(g *types.GenesisState) { g.Workers[0], g.Workers[1] = g.Workers[1], g.Workers[0] },
		"owner twice":         func(g *types.GenesisState) { g.Workers[1] = g.Workers[0] },
		"operator twice":      func(g *types.GenesisState) { g.Workers[1].Operator = g.Workers[0].Operator },
		"no key":              func(g *types.GenesisState) { g.Workers[0].EncryptionKey = nil },
		"no bond":             func(g *types.GenesisState) { g.Workers[0].Bond = math.Int{} },
		"negative reserved":   func(g *types.GenesisState) { g.Workers[0].Reserved = math.NewInt(-1) },
		"locked above bond":   func(g *types.GenesisState) { g.Workers[0].Locked = math.NewInt(2_501) },
		"no status":           func(g *types.GenesisState) { g.Workers[0].Status = 0 },
		"unknown status":      func(g *types.GenesisState) { g.Workers[0].Status = 6 },
		"tombstoned for one fraud": func(g *types.GenesisState) {
			g.Workers[1].Status, g.Workers[1].Frauds = types.WORKER_STATUS_TOMBSTONED, 1
		},
		"jailed before 0":          func(g *types.GenesisState) { g.Workers[0].JailUntil = -1 },
		"slash twice":              func(g *types.GenesisState) { g.Slashes[1] = g.Slashes[0] },
		"slash id to come":         func(g *types.GenesisState) { g.NextSlashId = 3 },
		"slash of no kind":         func(g *types.GenesisState) { g.Slashes[0].Kind = 0 },
		"slash of nothing":         func(g *types.GenesisState) { g.Slashes[0].Amount = math.ZeroInt() },
		"shares above the slash":   func(g *types.GenesisState) { g.Slashes[0].Shares[0].Amount = math.NewInt(91) },
		"share without a role":     func(g *types.GenesisState) { g.Slashes[0].Shares[0].Role = 0 },
		"negative share":           func(g *types.GenesisState) { g.Slashes[0].Shares[0].Amount = math.NewInt(-1) },
		"share of nobody":          func(g *types.GenesisState) { g.Slashes[0].Shares[0].Recipient = "x" },
		"release before slash":     func(g *types.GenesisState) { g.Slashes[0].ReleaseHeight = 3 },
		"slash without a record":   func(g *types.GenesisState) { g.Slashes[0].Before = nil },
		"challenge with a record":  func(g *types.GenesisState) { g.Slashes[1].Before = g.Slashes[0].Before },
		"slashed bond of nobody":   func(g *types.GenesisState) { g.Slashes[0].Owner = addressOf(t, 3) },
		"availability":             func(g *types.GenesisState) { g.Workers[0].Availability = 10_001 },
		"registered before 0":      func(g *types.GenesisState) { g.Workers[0].RegisteredHeight = -1 },
		"lots without slots":       func(g *types.GenesisState) { g.Workers[0].Lots = 3 },
		"slots without lots":       func(g *types.GenesisState) { g.Slots = append(g.Slots, g.Workers[1].Owner) },
		"slot of nobody":           func(g *types.GenesisState) { g.Slots = append(g.Slots, addressOf(t, 3)) },
		"lots while paused":        func(g *types.GenesisState) { g.Workers[0].Status = types.WORKER_STATUS_PAUSED },
		"lapse of nobody":          func(g *types.GenesisState) { g.Lapses[0].Owner = addressOf(t, 3) },
		"lapse twice":              func(g *types.GenesisState) { g.Lapses[1] = g.Lapses[0] },
		"lapse id to come":         func(g *types.GenesisState) { g.NextLapseId = 3 },
		"lapses above locked":      func(g *types.GenesisState) { g.Lapses[0].Amount = math.NewInt(61) },
		"lapse without amount":     func(g *types.GenesisState) { g.Lapses[0].Amount = math.Int{} },
		"release before lapse":     func(g *types.GenesisState) { g.Lapses[0].ReleaseHeight = 4 },
		"history out of order":     func(g *types.GenesisState) { g.LapseHistory[0].Height = 6 },
		"history of nobody":        func(g *types.GenesisState) { g.LapseHistory[0].Owner = "x" },
		"history with id to come":  func(g *types.GenesisState) { g.LapseHistory[1].Id = 4 },
		"parameters out of bounds": func(g *types.GenesisState) { g.Params.MaxLots = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGenesis(t)
			spoil(&g)
			require.Error(t, g.Validate(bech32))
		})
	}
}
