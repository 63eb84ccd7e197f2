package types

import (
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

const (
	// maxGasLimit keeps the gas of a whole batch within 64 bits.
	maxGasLimit = uint64(1) << 56
	// maxBlocks bounds every window, far above any use and far below an overflow of heights.
	maxBlocks = int64(1) << 40
	// maxWork bounds the work of a block.
	maxWork = 10_000
	// maxCoinHeights is what protocol.CoinThreshold takes.
	maxCoinHeights = 1_000
)

// DefaultParams are the numbers of the protocol for blocks of about 3 s.
func DefaultParams() Params {
	return Params{
		ModuleDepositPerByte: math.NewInt(1),
		MinPrice:             math.NewInt(1),
		MaxGasLimit:          51_000_000_000,
		FeeBps:               protocol.DefaultFeeBps,
		AuditFloor:           math.NewInt(500),
		DemandDeposit:        math.NewInt(10_000),
		Candidates:           3,
		DrawTries:            protocol.MaxPickTries,
		CoinHeights:          100,
		AcceptBlocks:         40,
		LeaseBlocks:          1_200,
		OpenBlocks:           2_400,
		ChallengeBlocks:      1_200,
		DemandBlocks:         28_800,
		MaxDeadline:          1_000_000,
		DrawsPerBlock:        50,
		DeadlinesPerBlock:    200,
		ReportLimit:          3,
		RetentionBlocks:      201_600,
		PrunesPerBlock:       100,
	}
}

// DevnetParams are the numbers of a devnet with blocks of about 1 s.
func DevnetParams() Params {
	p := DefaultParams()
	p.CoinHeights = 4
	p.AcceptBlocks = 10
	p.LeaseBlocks = 120
	p.OpenBlocks = 60
	p.ChallengeBlocks = 10
	p.DemandBlocks = 120
	p.RetentionBlocks = 7_200
	return p
}

// Validate returns ErrInvalidParams for the first number that is out of range.
func (p Params) Validate() error {
	for _, a := range []struct {
		name   string
		amount math.Int
	}{
		{"module_deposit_per_byte", p.ModuleDepositPerByte},
		{"min_price", p.MinPrice},
		{"audit_floor", p.AuditFloor},
		{"demand_deposit", p.DemandDeposit},
	} {
		if a.amount.IsNil() || a.amount.IsNegative() || a.amount.BigInt().BitLen() > 64 {
			return ErrInvalidParams.Wrapf("%s is %s, want 0 to 2^64-1", a.name, a.amount)
		}
	}
	if p.DemandDeposit.IsZero() {
		return ErrInvalidParams.Wrap("demand_deposit is 0: nobody would post an output")
	}
	for _, n := range []struct {
		name       string
		value      uint64
		least, top uint64
	}{
		{"max_gas_limit", p.MaxGasLimit, 1, maxGasLimit},
		{"fee_bps", uint64(p.FeeBps), 0, protocol.BasisPoints},
		{"candidates", uint64(p.Candidates), 1, protocol.MaxPickTries},
		{"draw_tries", uint64(p.DrawTries), 1, protocol.MaxPickTries},
		{"coin_heights", uint64(p.CoinHeights), 1, maxCoinHeights},
		{"draws_per_block", uint64(p.DrawsPerBlock), 1, maxWork},
		{"deadlines_per_block", uint64(p.DeadlinesPerBlock), 1, maxWork},
		{"report_limit", uint64(p.ReportLimit), 1, maxWork},
		{"prunes_per_block", uint64(p.PrunesPerBlock), 1, maxWork},
	} {
		if n.value < n.least || n.value > n.top {
			return ErrInvalidParams.Wrapf("%s is %d, want %d to %d", n.name, n.value, n.least, n.top)
		}
	}
	for _, w := range []struct {
		name   string
		blocks int64
	}{
		{"accept_blocks", p.AcceptBlocks},
		{"lease_blocks", p.LeaseBlocks},
		{"open_blocks", p.OpenBlocks},
		{"challenge_blocks", p.ChallengeBlocks},
		{"demand_blocks", p.DemandBlocks},
		{"max_deadline", p.MaxDeadline},
		{"retention_blocks", p.RetentionBlocks},
	} {
		if w.blocks < 1 || w.blocks > maxBlocks {
			return ErrInvalidParams.Wrapf("%s is %d, want 1 to %d", w.name, w.blocks, maxBlocks)
		}
	}
	return nil
}
