package types

import (
	"bytes"
	"regexp"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

const (
	// EncryptionKeyLength is the length of an X25519 public key.
	EncryptionKeyLength = 32
	// MinMemory is the least memory that can be registered, in bytes.
	MinMemory = 1 << 20
	// MaxMemory is the largest memory of a unit, in bytes.
	MaxMemory = 512 << 20
	// MaxFeatures is the largest number of features of a worker.
	MaxFeatures = 16
	// MaxModules is the largest number of modules that a worker can limit itself to.
	MaxModules = 16
	// ModuleIDLength is the length of a module's id, a SHA-256.
	ModuleIDLength = 32

	maxRate     = 1 << 62
	maxGasLimit = 1 << 62
)

var featureName = regexp.MustCompile(`^[a-z][a-z0-9._-]{0,31}$`)

// Terms are what a worker puts on the market: ask in udmc per 10^9 gas, rate in gas a block, memory in bytes. It takes units of the named
// modules only, of any where none is named, with a gas limit of at most MaxGasLimit, any where that is 0.
type Terms struct {
	EncryptionKey []byte
	Ask           math.Int
	Rate          uint64
	Memory        uint64
	Features      []string
	Modules       [][]byte
	MaxGasLimit   uint64
}

// Validate returns the error of the first field that the parameters do not allow.
func (t Terms) Validate(p Params) error {
	if err := t.ValidateBasic(); err != nil {
		return err
	}
	if t.Ask.GT(p.MaxAsk) {
		return errorsmod.Wrapf(ErrInvalidAsk, "%s udmc per 10^9 gas is above the limit: ask for at most %s", t.Ask, p.MaxAsk)
	}
	if t.Rate < p.MinRate {
		return errorsmod.Wrapf(ErrInvalidRate, "%d gas a block is too slow: at least %d is needed", t.Rate, p.MinRate)
	}
	return nil
}

// ValidateBasic checks what holds whatever the parameters are.
func (t Terms) ValidateBasic() error {
	if len(t.EncryptionKey) != EncryptionKeyLength {
		return errorsmod.Wrapf(ErrInvalidKey, "%d bytes: give an X25519 public key of %d bytes", len(t.EncryptionKey), EncryptionKeyLength)
	}
	if !slices.ContainsFunc(t.EncryptionKey, func(b byte) bool { return b != 0 }) {
		return errorsmod.Wrap(ErrInvalidKey, "all bytes are zero: give an X25519 public key")
	}
	if err := CheckPositive(t.Ask); err != nil {
		return errorsmod.Wrapf(ErrInvalidAsk, "%s: ask for at least 1 udmc per 10^9 gas", err)
	}
	if t.Rate == 0 || t.Rate > maxRate {
		return errorsmod.Wrapf(ErrInvalidRate, "%d gas a block: give a rate between 1 and 2^62", t.Rate)
	}
	if t.Memory < MinMemory || t.Memory > MaxMemory {
		return errorsmod.Wrapf(ErrInvalidMemory, "%d bytes: give between %d and %d", t.Memory, MinMemory, MaxMemory)
	}
	if t.MaxGasLimit > maxGasLimit {
		return errorsmod.Wrapf(ErrInvalidGasLimit, "%d gas a unit: give at most 2^62, or 0 for no limit", t.MaxGasLimit)
	}
	if err := validateFeatures(t.Features); err != nil {
		return err
	}
	return validateModules(t.Modules)
}

func validateFeatures(features []string) error {
	if len(features) > MaxFeatures {
		return errorsmod.Wrapf(ErrInvalidFeatures, "%d features: at most %d are allowed", len(features), MaxFeatures)
	}
	for i, name := range features {
		if !featureName.MatchString(name) {
			return errorsmod.Wrapf(ErrInvalidFeatures,
				"%.40q: a name starts with a-z and has at most 32 characters of a-z, 0-9, '.', '_' and '-'", name)
		}
		if i > 0 && features[i-1] >= name {
			return errorsmod.Wrapf(ErrInvalidFeatures, "%q after %q: sort the names and leave out repetitions", name, features[i-1])
		}
	}
	return nil
}

func validateModules(modules [][]byte) error {
	if len(modules) > MaxModules {
		return errorsmod.Wrapf(ErrInvalidModules, "%d modules: at most %d are allowed, or none for every module", len(modules), MaxModules)
	}
	for i, id := range modules {
		if len(id) != ModuleIDLength {
			return errorsmod.Wrapf(ErrInvalidModules, "id %d has %d bytes: give the SHA-256 of a module, %d bytes", i, len(id), ModuleIDLength)
		}
		if i > 0 && bytes.Compare(modules[i-1], id) >= 0 {
			return errorsmod.Wrapf(ErrInvalidModules, "%x after %x: sort the ids and leave out repetitions", id, modules[i-1])
		}
	}
	return nil
}
