package crowd_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"
)

// BenchmarkCrowd leads batches from offer to refund among a thousand and among a million workers, each block committed
// to trees in goleveldb on disk, as dmcnd does by default. For each operation it reports keys read and written and the
// median time; building the crowd is not timed. The databases stay in DMCN_CROWD_DIR, if set, for a next run.
func BenchmarkCrowd(b *testing.B) {
	for _, workers := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			c := crowdOnDisk(b, workers)
			module := c.prepare()
			c.life(module) // fills the caches of what every life touches
			times := map[string][]time.Duration{}
			var last map[string]cost
			b.ResetTimer()
			for range b.N {
				last = c.life(module)
				for operation, cost := range last {
					times[operation] = append(times[operation], cost.time)
				}
			}
			b.StopTimer()
			for _, operation := range append(operations, toDisk) {
				slices.Sort(times[operation])
				median := times[operation][len(times[operation])/2]
				b.ReportMetric(float64(median.Nanoseconds())/1_000, operation+"-µs")
			}
			for _, operation := range operations {
				b.ReportMetric(float64(last[operation].reads), operation+"-reads")
				b.ReportMetric(float64(last[operation].writes), operation+"-writes")
			}
		})
	}
}

// crowdOnDisk builds a crowd in a database on disk, or opens the one that an earlier run built.
func crowdOnDisk(b *testing.B, workers int) *chain {
	b.Helper()
	dir, kept := os.Getenv("DMCN_CROWD_DIR"), true
	if dir == "" {
		dir, kept = b.TempDir(), false
	}
	name := fmt.Sprintf("crowd-%d", workers)
	_, err := os.Stat(filepath.Join(dir, name+".done"))
	db, dbErr := dbm.NewGoLevelDB(name, dir, nil)
	require.NoError(b, dbErr)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	if err == nil {
		return newChain(b, db)
	}
	start := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	c := crowd(b, db, equalBonds(workers))
	b.Logf("%d workers registered in %s", workers, time.Since(start).Round(time.Second))
	if kept {
		require.NoError(b, os.WriteFile(filepath.Join(dir, name+".done"), nil, 0o600))
	}
	return c
}
