package crowd_test

import (
	"time"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// cost is what an operation took: how often it read and wrote a key of any store, and how long it ran. What writing the
// block to the trees takes is not in it.
type cost struct {
	reads, writes uint64
	time          time.Duration
}

// counter is a gas meter that counts what the stores charge for: keys looked up or passed by an iterator, and keys set or
// removed.
type counter struct {
	storetypes.GasMeter
	reads, writes uint64
}

func (m *counter) ConsumeGas(amount storetypes.Gas, descriptor string) {
	switch descriptor {
	case storetypes.GasReadCostFlatDesc, storetypes.GasHasDesc, storetypes.GasIterNextCostFlatDesc:
		m.reads++
	case storetypes.GasWriteCostFlatDesc, storetypes.GasDeleteDesc:
		m.writes++
	}
	m.GasMeter.ConsumeGas(amount, descriptor)
}

// measure runs an operation as a transaction is run, which has to succeed, and keeps what it did.
func (c *chain) measure(operation func(sdk.Context) error) cost {
	c.Helper()
	meter := &counter{GasMeter: storetypes.NewInfiniteGasMeter()}
	metered := c.ctx.WithGasMeter(meter).WithEventManager(sdk.NewEventManager())
	start := time.Now()
	cached, write := metered.CacheContext()
	err := operation(cached)
	if err == nil {
		write()
	}
	took := time.Since(start)
	require.NoError(c, err)
	return cost{reads: meter.reads, writes: meter.writes, time: took}
}
