package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestParamsValidate(t *testing.T) {
	require.NoError(t, types.DefaultParams().Validate())
	require.NoError(t, types.DevnetParams().Validate())
	for name, spoil := range map[string]func(*types.Params){
		"no lot":                func(p *types.Params) { p.Lot = math.Int{} },
		"lot of 0":              func(p *types.Params) { p.Lot = math.ZeroInt() },
		"negative lot":          func(p *types.Params) { p.Lot = math.NewInt(-1) },
		"huge lot":              func(p *types.Params) { p.Lot = math.NewIntWithDecimal(1, 60) },
		"no max_ask":            func(p *types.Params) { p.MaxAsk = math.Int{} },
		"max_ask of 0":          func(p *types.Params) { p.MaxAsk = math.ZeroInt() },
		"min_rate of 0":         func(p *types.Params) { p.MinRate = 0 },
		"max_lots of 0":         func(p *types.Params) { p.MaxLots = 0 },
		"max_lots without end":  func(p *types.Params) { p.MaxLots = 10_001 },
		"max_load of 0":         func(p *types.Params) { p.MaxLoad = 0 },
		"missed_limit of 0":     func(p *types.Params) { p.MissedLimit = 0 },
		"lease_lock_bps of 0":   func(p *types.Params) { p.LeaseLockBps = 0 },
		"lease_lock above 1":    func(p *types.Params) { p.LeaseLockBps = 10_001 },
		"lapse_window of 0":     func(p *types.Params) { p.LapseWindow = 0 },
		"negative lapse_window": func(p *types.Params) { p.LapseWindow = -1 },
		"lapse_lock of 0":       func(p *types.Params) { p.LapseLock = 0 },
		"lapse_lock that overflows": func(p *types.Params) {
			p.LapseLock = 1 << 60
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := types.DefaultParams()
			spoil(&p)
			require.ErrorIs(t, p.Validate(), types.ErrInvalidParams)
		})
	}
}

func TestLapseDurationDoublesUpToAnEnd(t *testing.T) {
	p := types.DefaultParams()
	require.EqualValues(t, 1_200, p.LapseDuration(0))
	require.EqualValues(t, 2_400, p.LapseDuration(1))
	require.EqualValues(t, 307_200, p.LapseDuration(8))
	require.EqualValues(t, 307_200, p.LapseDuration(1_000))
}
