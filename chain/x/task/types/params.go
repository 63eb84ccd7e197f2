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
	// certainBps is how a certain coin is spread: at its last height it hits in any case. Proposers take turns that all
	// can foresee, so a coin that always hits at the first height could be timed (docs/adr/0024).
	certainBps = 9_900
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
		CoinsPerBlock:        5_000,
		AuditBlocks:          600,
		DataBlocks:           2_400,
		VerdictBlocks:        600,
		WithheldBlocks:       201_600,
		StandingAudits:       10,
		StandingPrice:        math.NewInt(100),
		MaxDisputes:          64,
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
	p.AuditBlocks = 30
	p.DataBlocks = 120
	p.VerdictBlocks = 300
	p.WithheldBlocks = 200
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
		{"standing_price", p.StandingPrice},
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
		{"coins_per_block", uint64(p.CoinsPerBlock), 1, 1_000_000},
		{"standing_audits", uint64(p.StandingAudits), 0, 1_000_000},
		{"max_disputes", uint64(p.MaxDisputes), protocol.MaxBatchSize, maxWork},
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
		{"audit_blocks", p.AuditBlocks},
		{"data_blocks", p.DataBlocks},
		{"verdict_blocks", p.VerdictBlocks},
		{"withheld_blocks", p.WithheldBlocks},
	} {
		if w.blocks < 1 || w.blocks > maxBlocks {
			return ErrInvalidParams.Wrapf("%s is %d, want 1 to %d", w.name, w.blocks, maxBlocks)
		}
	}
	return p.checkCoins()
}

// CoinThreshold is what the coin of each height is compared with for one of the offered probabilities, in basis points.
func (p Params) CoinThreshold(bps uint32) (uint64, error) {
	switch bps {
	case 2_000:
		return p.CoinThreshold_2000, nil
	case 5_000:
		return p.CoinThreshold_5000, nil
	case protocol.BasisPoints:
		return p.CoinThreshold_10000, nil
	}
	return 0, ErrInvalidJob.Wrapf("audit_bps %d, want 2000, 5000 or 10000", bps)
}

// WithCoins sets the thresholds of the offered probabilities for the number of heights over which a coin is spread. They
// are computed with whole numbers only, so that every machine finds the same ones.
func (p Params) WithCoins() (Params, error) {
	var err error
	for _, t := range []struct {
		bps       uint32
		threshold *uint64
	}{{2_000, &p.CoinThreshold_2000}, {5_000, &p.CoinThreshold_5000}, {certainBps, &p.CoinThreshold_10000}} {
		if *t.threshold, err = protocol.CoinThreshold(t.bps, p.CoinHeights); err != nil {
			return p, ErrInvalidParams.Wrap(err.Error())
		}
	}
	return p, nil
}

// checkCoins returns ErrInvalidParams unless the thresholds are those of coin_heights, or all 0: then nothing is audited.
func (p Params) checkCoins() error {
	if p.CoinThreshold_2000 == 0 && p.CoinThreshold_5000 == 0 && p.CoinThreshold_10000 == 0 {
		return nil
	}
	want, err := p.WithCoins()
	if err != nil {
		return err
	}
	if p.CoinThreshold_2000 != want.CoinThreshold_2000 || p.CoinThreshold_5000 != want.CoinThreshold_5000 ||
		p.CoinThreshold_10000 != want.CoinThreshold_10000 {
		return ErrInvalidParams.Wrapf("with coin_heights %d the coin_threshold of 2000, 5000 and 10000 are %d, %d and %d, or all 0",
			p.CoinHeights, want.CoinThreshold_2000, want.CoinThreshold_5000, want.CoinThreshold_10000)
	}
	return nil
}
