// Package types holds the ids, errors, parameters and pure rules of the worker registry.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the name of the module.
	ModuleName = "worker"
	// StoreKey is the key of the module's store.
	StoreKey = ModuleName
	// BondAccount is the name of the module account that holds all bonds.
	BondAccount = "worker_bond"
	// HoldAccount is the name of the module account that holds slashed amounts until they are released.
	HoldAccount = "slash_hold"
	// BondDenom is the denomination of bonds.
	BondDenom = "udmc"
	// OwnerLength is the length of an owner's address in the protocol's encodings.
	OwnerLength = 20
)

// Prefixes of the collections in the module's store, never renumbered.
var (
	ParamsPrefix            = collections.NewPrefix(0)
	WorkersPrefix           = collections.NewPrefix(1)
	WorkersByOperatorPrefix = collections.NewPrefix(2)
	SlotsPrefix             = collections.NewPrefix(3)
	PositionsPrefix         = collections.NewPrefix(4)
	LapsesPrefix            = collections.NewPrefix(5)
	LapsesByOwnerPrefix     = collections.NewPrefix(6)
	LapsesByReleasePrefix   = collections.NewPrefix(7)
	NextLapseIDPrefix       = collections.NewPrefix(8)
	LapseHistoryPrefix      = collections.NewPrefix(9)
	SweepPrefix             = collections.NewPrefix(10)
	SlotCountPrefix         = collections.NewPrefix(11)
	BondOwedPrefix          = collections.NewPrefix(12)
	BondPausedPrefix        = collections.NewPrefix(13)
	SlashesPrefix           = collections.NewPrefix(14)
	SlashesByOwnerPrefix    = collections.NewPrefix(15)
	SlashesByReleasePrefix  = collections.NewPrefix(16)
	NextSlashIDPrefix       = collections.NewPrefix(17)
	HoldOwedPrefix          = collections.NewPrefix(18)
	HoldPausedPrefix        = collections.NewPrefix(19)
)
