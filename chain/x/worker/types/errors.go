package types

import "cosmossdk.io/errors"

// Errors of the module. Codes are part of the wire contract and never renumbered.
var (
	ErrUnknownWorker      = errors.Register(ModuleName, 2, "unknown worker")
	ErrWorkerExists       = errors.Register(ModuleName, 3, "worker already registered")
	ErrOperatorTaken      = errors.Register(ModuleName, 4, "operator serves another worker")
	ErrInvalidKey         = errors.Register(ModuleName, 5, "invalid encryption key")
	ErrInvalidAsk         = errors.Register(ModuleName, 6, "invalid ask")
	ErrInvalidRate        = errors.Register(ModuleName, 7, "invalid rate")
	ErrInvalidMemory      = errors.Register(ModuleName, 8, "invalid memory")
	ErrInvalidFeatures    = errors.Register(ModuleName, 9, "invalid features")
	ErrInvalidAmount      = errors.Register(ModuleName, 10, "invalid amount")
	ErrBondTooSmall       = errors.Register(ModuleName, 11, "bond too small")
	ErrInsufficientBond   = errors.Register(ModuleName, 12, "insufficient bond")
	ErrWrongStatus        = errors.Register(ModuleName, 13, "worker has the wrong status")
	ErrNotOwnerOrOperator = errors.Register(ModuleName, 14, "signer is neither owner nor operator")
	ErrInvalidAddress     = errors.Register(ModuleName, 15, "invalid address")
	ErrUnknownSlot        = errors.Register(ModuleName, 16, "unknown slot")
	ErrInvalidParams      = errors.Register(ModuleName, 17, "invalid parameters")
	ErrInvalidGenesis     = errors.Register(ModuleName, 18, "invalid genesis")
	ErrInconsistent       = errors.Register(ModuleName, 19, "inconsistent state")
	ErrPayoutsPaused      = errors.Register(ModuleName, 20, "payouts are paused")
	ErrInvalidModules     = errors.Register(ModuleName, 21, "invalid modules")
	ErrInvalidGasLimit    = errors.Register(ModuleName, 22, "invalid gas limit")
	ErrJailed             = errors.Register(ModuleName, 23, "worker is jailed or tombstoned")
	ErrUnknownSlash       = errors.Register(ModuleName, 24, "unknown slash")
	ErrInvalidSlash       = errors.Register(ModuleName, 25, "invalid slash")
)
