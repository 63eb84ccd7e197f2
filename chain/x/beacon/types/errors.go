package types

import "cosmossdk.io/errors"

// Errors of x/beacon. Codes are never renumbered.
var (
	ErrInvalidKey        = errors.Register(ModuleName, 2, "invalid VRF key")
	ErrNoPossession      = errors.Register(ModuleName, 3, "the proof of possession does not fit the key and the operator")
	ErrNotValidator      = errors.Register(ModuleName, 4, "not a validator")
	ErrUnauthorized      = errors.Register(ModuleName, 5, "only governance may do this")
	ErrInvalidParams     = errors.Register(ModuleName, 6, "invalid parameters")
	ErrInvalidGenesis    = errors.Register(ModuleName, 7, "invalid genesis")
	ErrMissingKey        = errors.Register(ModuleName, 8, "a validator has no VRF key")
	ErrSeedNotFound      = errors.Register(ModuleName, 9, "no seed is kept for this height")
	ErrProofMissing      = errors.Register(ModuleName, 10, "the block does not start with a beacon proof")
	ErrProofMisplaced    = errors.Register(ModuleName, 11, "the block has a beacon proof where none belongs")
	ErrProofWrong        = errors.Register(ModuleName, 12, "the beacon proof is wrong")
	ErrNotInitialised    = errors.Register(ModuleName, 13, "the beacon has no seed yet")
	ErrInvalidProofBytes = errors.Register(ModuleName, 14, "not the bytes of a beacon proof")
)
