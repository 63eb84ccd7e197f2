// Package unit runs units of instrumented modules on any engine: a second implementation, in another language, of what
// runtime/src/run and runtime/src/wasi do.
package unit

import "errors"

// ErrTrap is what Start gives for a WebAssembly trap of the module's own.
var ErrTrap = errors.New("trap")

// Engine compiles modules.
type Engine interface {
	Version() string
	// Compile refuses what is not of the profile's features.
	Compile(code []byte) (Module, error)
}

// Module is a compiled module.
type Module interface {
	// Instantiate makes an instance of its own memory, whose imports are answered by the host.
	Instantiate(host Host) (Instance, error)
	Close()
}

// Host answers a call of preview1, its arguments as their bits. An error ends the unit.
type Host func(call string, arguments []uint64) (uint32, error)

// Instance is an instance of an instrumented module.
type Instance interface {
	// Start runs the program: nil once it returns, the host's error, ErrTrap, or anything else if the engine gave up.
	Start() error
	// Memory is valid until the module runs on.
	Memory() []byte
	// Global gives the bits of an exported global.
	Global(name string) uint64
	SetGlobal(name string, bits uint64)
	Close()
}
