package types

import (
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

const (
	// maxWork bounds the work of a block.
	maxWork = 10_000
	// maxBlocks bounds every window, far above any use and far below an overflow of heights.
	maxBlocks = int64(1) << 40
)

// DefaultParams are the numbers of the protocol for blocks of about 3 s.
func DefaultParams() Params {
	return Params{
		DrawsPerBlock:     50,
		DrawTries:         protocol.MaxPickTries,
		MaxOpenAudits:     16,
		DisputesPerBlock:  20,
		OpenDisputes:      1_000,
		RefereeCost:       math.NewInt(1_000_000),
		CommitGraceBlocks: 3,
		AbsenceWindow:     1_000,
		AbsenceBps:        1_000,
	}
}

// DevnetParams are the numbers of a devnet with blocks of about 1 s.
func DevnetParams() Params {
	p := DefaultParams()
	p.RefereeCost = math.NewInt(10_000)
	return p
}

// Validate returns ErrInvalidParams for the first number that is out of range.
func (p Params) Validate() error {
	if p.RefereeCost.IsNil() || p.RefereeCost.IsNegative() || p.RefereeCost.BigInt().BitLen() > 64 {
		return ErrInvalidParams.Wrapf("referee_cost is %s, want 0 to 2^64-1", p.RefereeCost)
	}
	for _, n := range []struct {
		name       string
		value      int64
		least, top int64
	}{
		{"draws_per_block", int64(p.DrawsPerBlock), 1, maxWork},
		{"draw_tries", int64(p.DrawTries), 1, protocol.MaxPickTries},
		{"max_open_audits", int64(p.MaxOpenAudits), 1, maxWork},
		{"disputes_per_block", int64(p.DisputesPerBlock), 1, maxWork},
		{"open_disputes", int64(p.OpenDisputes), 1, 1_000_000},
		{"commit_grace_blocks", p.CommitGraceBlocks, 1, maxBlocks},
		{"absence_window", p.AbsenceWindow, 1, maxBlocks},
		{"absence_bps", int64(p.AbsenceBps), 0, protocol.BasisPoints},
	} {
		if n.value < n.least || n.value > n.top {
			return ErrInvalidParams.Wrapf("%s is %d, want %d to %d", n.name, n.value, n.least, n.top)
		}
	}
	return nil
}
