package types

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func testWorker() workertypes.Worker {
	return workertypes.Worker{
		Owner: holder, Status: workertypes.WORKER_STATUS_ACTIVE, Ask: math.NewInt(100), Memory: 64, Rate: 20_000_000,
		Features: []string{"a", "b"}, Bond: math.NewInt(1_000), Locked: math.NewInt(100), Reserved: math.NewInt(200), Lots: 1,
		Modules: [][]byte{{1}, {2}}, MaxGasLimit: 50,
	}
}

// TestNeedsMetBy names the rule for everything that keeps a worker from a batch.
func TestNeedsMetBy(t *testing.T) {
	params := workertypes.DefaultParams()
	needs := Needs{
		MaxPrice: math.NewInt(100), Memory: 64, Features: []string{"b"}, ModuleID: []byte{2}, GasLimit: 50, Bond: math.NewInt(600),
	}
	require.True(t, needs.MetBy(testWorker(), params), "each need exactly met")
	for name, change := range map[string]func(*workertypes.Worker){
		"modules: every one":   func(w *workertypes.Worker) { w.Modules = nil },
		"gas limit: any":       func(w *workertypes.Worker) { w.MaxGasLimit = 0 },
		"one batch below load": func(w *workertypes.Worker) { w.Load = params.MaxLoad - 1 },
	} {
		w := testWorker()
		change(&w)
		require.True(t, needs.MetBy(w, params), name)
	}
	for name, c := range map[string]struct {
		change func(*workertypes.Worker)
		rule   workertypes.Rule
		always bool // keeps it out of every draw
	}{
		"paused":       {func(w *workertypes.Worker) { w.Status = workertypes.WORKER_STATUS_PAUSED }, workertypes.RulePaused, true},
		"set aside":    {func(w *workertypes.Worker) { w.Status = workertypes.WORKER_STATUS_SET_ASIDE }, workertypes.RuleSetAside, true},
		"no lot":       {func(w *workertypes.Worker) { w.Lots = 0 }, workertypes.RuleLot, true},
		"rate":         {func(w *workertypes.Worker) { w.Rate = params.MinRate - 1 }, workertypes.RuleRate, true},
		"load":         {func(w *workertypes.Worker) { w.Load = params.MaxLoad }, workertypes.RuleLoad, true},
		"ask":          {func(w *workertypes.Worker) { w.Ask = math.NewInt(101) }, RulePrice, false},
		"memory":       {func(w *workertypes.Worker) { w.Memory = 63 }, RuleMemory, false},
		"feature":      {func(w *workertypes.Worker) { w.Features = []string{"a", "c"} }, RuleFeatures, false},
		"module":       {func(w *workertypes.Worker) { w.Modules = [][]byte{{1}, {3}} }, RuleModules, false},
		"gas limit":    {func(w *workertypes.Worker) { w.MaxGasLimit = 49 }, RuleGasLimit, false},
		"bond":         {func(w *workertypes.Worker) { w.Bond = math.NewInt(998) }, RuleBond, false},
		"locked":       {func(w *workertypes.Worker) { w.Locked = math.NewInt(101) }, RuleBond, false},
		"other offers": {func(w *workertypes.Worker) { w.Reserved = math.NewInt(201) }, RuleBond, false},
	} {
		w := testWorker()
		c.change(&w)
		require.False(t, needs.MetBy(w, params), name)
		if c.always {
			require.Contains(t, w.KeptOut(params), c.rule, name)
			require.Empty(t, needs.Unmet(w, params), name)
		} else {
			require.Empty(t, w.KeptOut(params), name)
			require.Equal(t, c.rule, needs.Unmet(w, params), name)
		}
	}
}

func TestCheapest(t *testing.T) {
	make := func(owner string, ask int64, load, availability uint32) workertypes.Worker {
		return workertypes.Worker{
			Owner: owner, Ask: math.NewInt(ask), Load: load, Availability: availability, BatchesFinal: 1_000,
		}
	}
	for name, c := range map[string]struct {
		drawn []workertypes.Worker
		want  string
	}{
		"lowest ask":         {[]workertypes.Worker{make("a", 11, 0, 0), make("b", 10, 0, 0), make("c", 12, 0, 0)}, "b"},
		"load counts":        {[]workertypes.Worker{make("a", 10, 1, 0), make("b", 19, 0, 0)}, "b"},
		"reputation counts":  {[]workertypes.Worker{make("a", 10, 0, 0), make("b", 100, 0, 9_001)}, "b"},
		"a tie goes first":   {[]workertypes.Worker{make("a", 20, 0, 1_000), make("b", 10, 0, 0), make("c", 10, 0, 0)}, "a"},
		"no rounding":        {[]workertypes.Worker{make("a", 1_000_001, 0, 0), make("b", 1_000_000, 0, 0)}, "b"},
		"prices of 64 bits":  {[]workertypes.Worker{make("a", 1<<62, 4, 0), make("b", 1<<62, 3, 0)}, "b"},
		"one candidate only": {[]workertypes.Worker{make("a", 1, 0, 0)}, "a"},
	} {
		best, ok := Cheapest(c.drawn)
		require.True(t, ok)
		require.Equal(t, c.want, best.Owner, name)
	}
	_, ok := Cheapest(nil)
	require.False(t, ok)
}

func TestDrawOpeners(t *testing.T) {
	seed := protocol.Hash{7}
	draw := func(index uint32, accounts ...string) []string {
		drawn, err := DrawOpeners(seed, Batch{JobId: 7, Index: index}, holder, accounts)
		require.NoError(t, err)
		return drawn
	}
	require.Empty(t, draw(0))
	require.Empty(t, draw(0, holder), "never the worker itself")
	require.Equal(t, []string{"a"}, draw(0, "a"))
	counts := map[string]int{}
	for index := range uint32(1_000) {
		drawn := draw(index, "a", "b", holder, "c", "d")
		require.Len(t, drawn, 2)
		require.NotEqual(t, drawn[0], drawn[1])
		require.NotContains(t, drawn, holder)
		require.Equal(t, drawn, draw(index, "a", "b", holder, "c", "d"))
		counts[drawn[0]]++
		counts[drawn[1]]++
	}
	for account, n := range counts {
		require.InDelta(t, 500, n, 75, account)
	}
}
