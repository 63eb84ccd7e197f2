// Package types holds what x/audit is made of: ids, parameters, validation and the pure rules of audits and disputes.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module, its codespace and its store.
	ModuleName = "audit"
	// StoreKey is the key of the module's store.
	StoreKey = ModuleName
	// DepositAccount is the module account that holds the deposits of challenges.
	DepositAccount = "audit_deposit"
	// MaxInput is the largest input of a disputed unit, 512 KiB.
	MaxInput = 512 << 10
	// GasPerInputByte is charged for each byte of an input: it is hashed.
	GasPerInputByte = 2
	// Denom is the unit of every amount.
	Denom = "udmc"
)

// AccountPermissions are the module accounts that the application has to register, none with a permission.
func AccountPermissions() map[string][]string { return map[string][]string{DepositAccount: nil} }

// Prefixes of the store. They are never renumbered.
var (
	ParamsPrefix        = collections.NewPrefix(0)
	AuditsPrefix        = collections.NewPrefix(1)
	DrawsPrefix         = collections.NewPrefix(2)
	AuditorsPrefix      = collections.NewPrefix(3)
	DrawCursorPrefix    = collections.NewPrefix(5)
	DisputesPrefix      = collections.NewPrefix(10)
	NextDisputePrefix   = collections.NewPrefix(11)
	VotesPrefix         = collections.NewPrefix(12)
	DisputeQueuePrefix  = collections.NewPrefix(13)
	RefereesPrefix      = collections.NewPrefix(14)
	RefereeOfPrefix     = collections.NewPrefix(15)
	AbsencesPrefix      = collections.NewPrefix(16)
	DepositOwedPrefix   = collections.NewPrefix(17)
	DepositPausedPrefix = collections.NewPrefix(18)
	OpenDisputesPrefix  = collections.NewPrefix(19)
)
