package types

import "cosmossdk.io/errors"

// Errors of x/audit. Codes are never renumbered: 2 to 29 are for audits, from 30 on for disputes.
var (
	ErrUnauthorized   = errors.Register(ModuleName, 2, "the signer may not do this")
	ErrInvalidAddress = errors.Register(ModuleName, 3, "invalid address")
	ErrInvalidParams  = errors.Register(ModuleName, 4, "invalid parameters")
	ErrInvalidGenesis = errors.Register(ModuleName, 5, "invalid genesis")
	ErrInvariant      = errors.Register(ModuleName, 6, "broken invariant")
	ErrPayoutsPaused  = errors.Register(ModuleName, 7, "payouts are paused")
	ErrNotSupported   = errors.Register(ModuleName, 8, "this network does not support the message yet")
	ErrUnknownAudit   = errors.Register(ModuleName, 9, "unknown audit")
	ErrNotAuditor     = errors.Register(ModuleName, 10, "the worker is not drawn for this audit")
	ErrAlreadyPosted  = errors.Register(ModuleName, 11, "the audit is posted already")
	ErrInvalidAudit   = errors.Register(ModuleName, 12, "invalid audit")
	ErrInvalidKey     = errors.Register(ModuleName, 13, "the key does not belong to the commitment")
)
