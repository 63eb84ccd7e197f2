package crowd_test

import (
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"
)

// TestCostsDoNotGrowWithTheCrowd counts what each operation reads and writes among a hundred workers and among twenty
// thousand: not one key more.
func TestCostsDoNotGrowWithTheCrowd(t *testing.T) {
	few, many := lifeAmong(t, 100), lifeAmong(t, 20_000)
	for _, operation := range operations {
		one, other := few[operation], many[operation]
		t.Logf("%s: %d reads, %d writes", operation, one.reads, one.writes)
		require.NotZero(t, one.reads, operation)
		require.Equal(t, one.reads, other.reads, "%s: keys read", operation)
		require.Equal(t, one.writes, other.writes, "%s: keys written", operation)
	}
}

func lifeAmong(t *testing.T, workers int) map[string]cost {
	t.Helper()
	c := crowd(t, dbm.NewMemDB(), equalBonds(workers))
	return c.life(c.prepare())
}
