package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

const (
	// MaxLapseDoublings bounds the exponent of a lapse's lock.
	MaxLapseDoublings = 8

	maxLotsLimit    = 10_000
	maxWindowBlocks = 100_000_000
)

// DefaultParams are the parameters of a public network with blocks of about 3 s.
func DefaultParams() Params {
	return Params{
		Lot:          math.NewInt(1_000_000),
		MaxAsk:       math.NewInt(1_000_000_000),
		MinRate:      10_000_000,
		MaxLots:      1_000,
		MaxLoad:      8,
		MissedLimit:  3,
		LeaseLockBps: 9_000,
		LapseWindow:  201_600,
		LapseLock:    1_200,

		SlashHoldBlocks:   86_400,
		JailBlocks:        100_800,
		SlashProverBps:    5_000,
		SlashRequesterBps: 2_000,
	}
}

// DevnetParams are the parameters of a local network with blocks of 1 s.
func DevnetParams() Params {
	p := DefaultParams()
	p.Lot = math.NewInt(10_000)
	p.LapseLock = 60
	p.SlashHoldBlocks = 20
	p.JailBlocks = 60
	return p
}

// Validate returns ErrInvalidParams naming the first parameter that is out of its range.
func (p Params) Validate() error {
	if err := CheckPositive(p.Lot); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "lot: %s", err)
	}
	if err := CheckPositive(p.MaxAsk); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "max_ask: %s", err)
	}
	for _, c := range []struct {
		name       string
		value, max uint64
	}{
		{"min_rate", p.MinRate, 1 << 62},
		{"max_lots", p.MaxLots, maxLotsLimit},
		{"max_load", uint64(p.MaxLoad), 1_000},
		{"missed_limit", uint64(p.MissedLimit), 1_000},
		{"lease_lock_bps", uint64(p.LeaseLockBps), BasisPoints},
		{"lapse_window", uint64(max(p.LapseWindow, 0)), maxWindowBlocks},
		{"lapse_lock", uint64(max(p.LapseLock, 0)), maxWindowBlocks},
		{"slash_hold_blocks", uint64(max(p.SlashHoldBlocks, 0)), maxWindowBlocks},
		{"jail_blocks", uint64(max(p.JailBlocks, 0)), maxWindowBlocks},
		{"slash_prover_bps", uint64(p.SlashProverBps), BasisPoints},
		{"slash_requester_bps", uint64(p.SlashRequesterBps), BasisPoints},
	} {
		if c.value == 0 || c.value > c.max {
			return errorsmod.Wrapf(ErrInvalidParams, "%s must be between 1 and %d", c.name, c.max)
		}
	}
	if parts := p.SlashProverBps + p.SlashRequesterBps; parts > BasisPoints {
		return errorsmod.Wrapf(ErrInvalidParams, "slash_prover_bps and slash_requester_bps are %d together, at most %d", parts, BasisPoints)
	}
	return nil
}

// LapseDuration is the number of blocks for which a lapse locks its bond, after the given number of earlier
// lapses within the window: lapse_lock * 2^min(lapses, 8).
func (p Params) LapseDuration(lapses uint32) int64 {
	return p.LapseLock << min(lapses, MaxLapseDoublings)
}
