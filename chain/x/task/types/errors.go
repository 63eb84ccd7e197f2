package types

import "cosmossdk.io/errors"

// Errors of x/task. Codes are never renumbered.
var (
	ErrUnauthorized      = errors.Register(ModuleName, 2, "the signer may not do this")
	ErrInvalidAddress    = errors.Register(ModuleName, 3, "invalid address")
	ErrInvalidParams     = errors.Register(ModuleName, 4, "invalid parameters")
	ErrInvalidGenesis    = errors.Register(ModuleName, 5, "invalid genesis")
	ErrInvalidModule     = errors.Register(ModuleName, 6, "invalid task module")
	ErrModuleTooLarge    = errors.Register(ModuleName, 7, "task module too large")
	ErrModuleExists      = errors.Register(ModuleName, 8, "task module is already stored")
	ErrUnknownModule     = errors.Register(ModuleName, 9, "unknown task module")
	ErrModuleInUse       = errors.Register(ModuleName, 10, "task module is used by an open job")
	ErrInvalidJob        = errors.Register(ModuleName, 11, "invalid job")
	ErrSealedUnsupported = errors.Register(ModuleName, 12, "sealed jobs are not built yet")
	ErrUnderfunded       = errors.Register(ModuleName, 13, "job is not fully funded")
	ErrUnknownJob        = errors.Register(ModuleName, 14, "unknown job")
	ErrJobClosed         = errors.Register(ModuleName, 15, "job is over")
	ErrUnknownBatch      = errors.Register(ModuleName, 16, "unknown batch")
	ErrTransition        = errors.Register(ModuleName, 17, "not possible in the batch's state")
	ErrWrongEpoch        = errors.Register(ModuleName, 18, "wrong epoch")
	ErrNoLease           = errors.Register(ModuleName, 19, "the batch is not offered or leased to this worker")
	ErrLate              = errors.Register(ModuleName, 20, "the deadline has passed")
	ErrNotDue            = errors.Register(ModuleName, 21, "the deadline has not come yet")
	ErrAlreadyCommitted  = errors.Register(ModuleName, 22, "the batch is committed already")
	ErrInvalidCommit     = errors.Register(ModuleName, 23, "invalid commit")
	ErrInvalidOpening    = errors.Register(ModuleName, 24, "invalid opening")
	ErrOpeningMismatch   = errors.Register(ModuleName, 25, "opening does not match the commitment")
	ErrAlreadyDemanded   = errors.Register(ModuleName, 26, "an output of this batch was demanded already")
	ErrUnknownUnit       = errors.Register(ModuleName, 27, "unknown unit")
	ErrInvalidOutput     = errors.Register(ModuleName, 28, "the output is not the demanded one")
	ErrInvariant         = errors.Register(ModuleName, 29, "broken invariant")
	ErrBatchPruned       = errors.Register(ModuleName, 30, "the batch was pruned")
	ErrPayoutsPaused     = errors.Register(ModuleName, 31, "payouts are paused")
	ErrUnitSettled       = errors.Register(ModuleName, 32, "the unit was decided for the worker, for good")
	ErrAlreadyDisputed   = errors.Register(ModuleName, 33, "the unit is disputed already")
	ErrTooManyDisputes   = errors.Register(ModuleName, 34, "too many units of the batch wait for a verdict")
	ErrKeyShown          = errors.Register(ModuleName, 35, "the key of the batch was shown already")
)

// IsUnknown tells that an error says that a module, job or batch does not exist, or no longer.
func IsUnknown(err error) bool {
	return errors.IsOf(err, ErrUnknownModule, ErrUnknownJob, ErrUnknownBatch, ErrBatchPruned)
}
