package types

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"
)

func TestParams(t *testing.T) {
	require.NoError(t, DefaultParams().Validate())
	require.NoError(t, DevnetParams().Validate())
	for name, change := range map[string]func(*Params){
		"no deposit":          func(p *Params) { p.ModuleDepositPerByte = math.Int{} },
		"negative floor":      func(p *Params) { p.AuditFloor = math.NewInt(-1) },
		"demand for nothing":  func(p *Params) { p.DemandDeposit = math.ZeroInt() },
		"huge price":          func(p *Params) { p.MinPrice = math.NewIntFromUint64(1 << 63).MulRaw(2) },
		"no gas":              func(p *Params) { p.MaxGasLimit = 0 },
		"gas above 2^56":      func(p *Params) { p.MaxGasLimit = 1<<56 + 1 },
		"fee":                 func(p *Params) { p.FeeBps = 10_001 },
		"no candidates":       func(p *Params) { p.Candidates = 0 },
		"more than 16 tries":  func(p *Params) { p.DrawTries = 17 },
		"no coin":             func(p *Params) { p.CoinHeights = 0 },
		"coin over too many":  func(p *Params) { p.CoinHeights = 1_001 },
		"no draws":            func(p *Params) { p.DrawsPerBlock = 0 },
		"unbounded deadlines": func(p *Params) { p.DeadlinesPerBlock = 1 << 20 },
		"no report":           func(p *Params) { p.ReportLimit = 0 },
		"no time to accept":   func(p *Params) { p.AcceptBlocks = 0 },
		"negative lease":      func(p *Params) { p.LeaseBlocks = -1 },
		"endless challenge":   func(p *Params) { p.ChallengeBlocks = 1 << 50 },
		"no deadline":         func(p *Params) { p.MaxDeadline = 0 },
	} {
		p := DefaultParams()
		change(&p)
		require.ErrorIs(t, p.Validate(), ErrInvalidParams, name)
	}
}
