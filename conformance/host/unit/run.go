package unit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/dmcn/dmcn/conformance/host/profile"
)

// Job is one unit, apart from its module's code.
type Job struct {
	// ModuleID is the SHA-256 of the module as published.
	ModuleID []byte
	Input    []byte
	Argv     []string
	Unit     uint32
	GasLimit int64
	// EntryGas is what the unit costs before its first instruction, but for its input.
	EntryGas int64
	// Pages is the most that the memory may grow to.
	Pages uint32
}

// Result is what all engines must agree on.
type Result struct {
	Status   Status
	ExitCode uint32
	Gas      int64
	// Output is the SHA-256 of the output, in hex.
	Output string
}

// Run brings a unit to its end. An error says why it has none on this engine.
func Run(p profile.Profile, module Module, job Job) (Result, error) {
	entry := job.EntryGas + p.Prices.InputByte*int64(len(job.Input))
	if entry > job.GasLimit {
		return result(&End{Status: OutOfGas}, job.GasLimit, nil), nil
	}
	var instance Instance
	host := newWasi(p, job, func() Instance { return instance })
	instance, err := module.Instantiate(host.call)
	if err != nil {
		return Result{}, fmt.Errorf("the module does not start: %w", err)
	}
	defer instance.Close()
	instance.SetGlobal(p.Exports.Gas, uint64(job.GasLimit-entry))
	instance.SetGlobal(p.Exports.Pages, min(instance.Global(p.Exports.Pages), uint64(job.Pages)))

	end, err := endOf(instance.Start(), instance, p.Exports)
	if err != nil {
		return Result{}, err
	}
	gas := job.GasLimit - host.gas.left()
	if end.Status == OutOfGas {
		gas = job.GasLimit
	}
	return result(end, gas, host.output), nil
}

// endOf says what the end of a program means by its counters.
func endOf(err error, instance Instance, exports profile.Exports) (*End, error) {
	var end *End
	switch {
	case err == nil:
		return &End{Status: OK}, nil
	case errors.As(err, &end):
		return end, nil
	case instance.Global(exports.Refused) != 0:
		return nil, errors.New("the engine refused memory")
	case !errors.Is(err, ErrTrap):
		return nil, fmt.Errorf("the engine gave up: %w", err)
	case int64(instance.Global(exports.Gas)) < 0:
		return &End{Status: OutOfGas}, nil
	case int32(instance.Global(exports.Stack)) < 0:
		return &End{Status: StackOverflow}, nil
	}
	return &End{Status: Trap}, nil
}

func result(end *End, gas int64, output []byte) Result {
	hash := sha256.Sum256(output)
	return Result{Status: end.Status, ExitCode: end.ExitCode, Gas: gas, Output: hex.EncodeToString(hash[:])}
}
