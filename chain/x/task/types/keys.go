// Package types holds what x/task is made of: ids, parameters, validation and the pure state machine of a batch.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module, its codespace and its store.
	ModuleName = "task"
	// StoreKey is the key of the module's store.
	StoreKey = ModuleName
	// EscrowAccount is the module account that holds the escrow of open jobs.
	EscrowAccount = "task_escrow"
	// DepositAccount is the module account that holds the deposits of stored modules and of demands.
	DepositAccount = "task_deposit"
	// Denom is the unit of every amount.
	Denom = "udmc"
)

// AccountPermissions are the module accounts that the application has to register, none with a permission.
func AccountPermissions() map[string][]string {
	return map[string][]string{EscrowAccount: nil, DepositAccount: nil}
}

// Prefixes of the store. They are never renumbered.
var (
	ParamsPrefix        = collections.NewPrefix(0)
	ModulesPrefix       = collections.NewPrefix(1)
	CodePrefix          = collections.NewPrefix(2)
	PinsPrefix          = collections.NewPrefix(3)
	JobsPrefix          = collections.NewPrefix(4)
	NextJobPrefix       = collections.NewPrefix(5)
	RequestersPrefix    = collections.NewPrefix(6)
	BatchesPrefix       = collections.NewPrefix(7)
	UnleasedPrefix      = collections.NewPrefix(8)
	HoldersPrefix       = collections.NewPrefix(9)
	BarsPrefix          = collections.NewPrefix(10)
	DrawQueuePrefix     = collections.NewPrefix(11)
	DrawCursorPrefix    = collections.NewPrefix(12)
	DeadlinesPrefix     = collections.NewPrefix(13)
	DeadlineOfPrefix    = collections.NewPrefix(14)
	PruneQueuePrefix    = collections.NewPrefix(15)
	EscrowOwedPrefix    = collections.NewPrefix(16)
	EscrowPausedPrefix  = collections.NewPrefix(17)
	DepositOwedPrefix   = collections.NewPrefix(18)
	DepositPausedPrefix = collections.NewPrefix(19)
	WithheldPrefix      = collections.NewPrefix(20)
	CommittedPrefix     = collections.NewPrefix(21)
	CoinPassPrefix      = collections.NewPrefix(22)
)
