package types_test

import (
	"bytes"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// newWorker is an active worker with a bond and nothing locked.
func newWorker(bond int64) types.Worker {
	return types.Worker{
		Owner: "owner", Operator: "operator",
		Status: types.WORKER_STATUS_ACTIVE,
		Bond:   math.NewInt(bond), Locked: math.ZeroInt(), Reserved: math.ZeroInt(),
		Availability: types.InitialAvailability,
	}.WithTerms(newTerms())
}

func newTerms() types.Terms {
	return types.Terms{
		EncryptionKey: bytes.Repeat([]byte{7}, types.EncryptionKeyLength),
		Ask:           math.NewInt(1_000), Rate: 1_000_000_000, Memory: 64 << 20, Features: []string{"a", "b"},
		Modules: moduleIDs(2), MaxGasLimit: 2_000_000_000,
	}
}

// moduleIDs are sorted ids of modules.
func moduleIDs(count int) [][]byte {
	ids := make([][]byte, count)
	for i := range ids {
		ids[i] = bytes.Repeat([]byte{byte(i + 1)}, types.ModuleIDLength)
	}
	return ids
}

// testParams have a lot of 1,000 udmc.
func testParams() types.Params {
	p := types.DefaultParams()
	p.Lot = math.NewInt(1_000)
	return p
}
