package simulation

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	seedFlag       = flag.Uint64("seed", 0, "run this seed only")
	operationsFlag = flag.Int("operations", 2_000, "the number of operations of a seed")
)

// TestSimulation runs a few seeds, or the one that is asked for.
func TestSimulation(t *testing.T) {
	if *seedFlag != 0 {
		t.Log(simulate(t, *seedFlag, *operationsFlag).seen.String())
		return
	}
	if testing.Short() {
		t.Skip("runs the whole application")
	}
	simulateAll(t, 1, 3, *operationsFlag)
}

// TestSimulationLong is the same at length: 100,000 operations and more.
func TestSimulationLong(t *testing.T) {
	if os.Getenv("DMCN_TEST_LONG") == "" {
		t.Skip("DMCN_TEST_LONG=1 runs it")
	}
	simulateAll(t, 100, 20, 5_500)
}

// TestSimulationRepeats has the same run twice: a seed names it, and no node comes to another state than the others.
func TestSimulationRepeats(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole application")
	}
	one, two := simulate(t, 7, 400), simulate(t, 7, 400)
	require.Equal(t, one.seen.String(), two.seen.String())
	require.Equal(t, one.app.LastCommitID().Hash, two.app.LastCommitID().Hash)
}

// simulateAll runs seeds beside each other. Together they have to reach everything.
func simulateAll(t *testing.T, first uint64, seeds, operations int) {
	runs := make([]*world, seeds)
	t.Run("seeds", func(t *testing.T) {
		for i := range runs {
			t.Run(fmt.Sprint(first+uint64(i)), func(t *testing.T) {
				t.Parallel()
				runs[i] = simulate(t, first+uint64(i), operations)
				runs[i].forget()
			})
		}
	})
	if t.Failed() {
		return
	}
	all := newTally()
	for _, run := range runs {
		all.add(run.seen)
	}
	t.Log(all.String())
	all.requireAll(t)
}

func simulate(t *testing.T, seed uint64, operations int) *world {
	w := newWorld(t, seed)
	w.run(operations)
	w.end()
	return w
}
