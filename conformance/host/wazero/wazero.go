// Package wazero runs modules on wazero, https://wazero.io, compiled or interpreted.
package wazero

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/dmcn/dmcn/conformance/host/profile"
	"github.com/dmcn/dmcn/conformance/host/unit"
)

const modulePath = "github.com/tetratelabs/wazero"

// features are those of the profile.
const features = api.CoreFeatureMutableGlobal | api.CoreFeatureSignExtensionOps |
	api.CoreFeatureNonTrappingFloatToIntConversion | api.CoreFeatureMultiValue | api.CoreFeatureBulkMemoryOperations

// traps are wazero's words for the traps that a module of the profile can end with; its own stack's end is none.
var traps = map[string]bool{
	"unreachable":                   true,
	"integer divide by zero":        true,
	"integer overflow":              true,
	"invalid conversion to integer": true,
	"out of bounds memory access":   true,
	"invalid table access":          true,
	"indirect call type mismatch":   true,
}

type hostKey struct{}

type engine struct {
	runtime wazero.Runtime
	name    string
}

// NewCompiler gives the engine that compiles ahead of time. It fails where wazero has no compiler.
func NewCompiler(p profile.Profile) (unit.Engine, error) {
	return newEngine("compiler", wazero.NewRuntimeConfigCompiler(), p)
}

// NewInterpreter gives the engine that interprets.
func NewInterpreter(p profile.Profile) (unit.Engine, error) {
	return newEngine("interpreter", wazero.NewRuntimeConfigInterpreter(), p)
}

func newEngine(name string, config wazero.RuntimeConfig, p profile.Profile) (unit.Engine, error) {
	deepenStacks()
	ctx := context.Background()
	runtime := wazero.NewRuntimeWithConfig(ctx, config.WithCoreFeatures(features))
	builder := runtime.NewHostModuleBuilder(p.Module)
	for name, call := range p.Calls {
		builder.NewFunctionBuilder().
			WithGoFunction(hostFunction(name, call), valueTypes(call.Params), valueTypes(call.Results)).
			Export(name)
	}
	if _, err := builder.Instantiate(ctx); err != nil {
		return nil, fmt.Errorf("wazero refuses the calls of the host: %w", err)
	}
	return &engine{runtime, name}, nil
}

func hostFunction(name string, call profile.Call) api.GoFunc {
	return func(ctx context.Context, stack []uint64) {
		errno, err := ctx.Value(hostKey{}).(unit.Host)(name, stack[:len(call.Params)])
		if err != nil {
			panic(err)
		}
		if call.Results != "" {
			stack[0] = uint64(errno)
		}
	}
}

func valueTypes(letters string) []api.ValueType {
	types := make([]api.ValueType, len(letters))
	for i, letter := range letters {
		types[i] = api.ValueTypeI32
		if letter == 'I' {
			types[i] = api.ValueTypeI64
		}
	}
	return types
}

func (e *engine) Version() string {
	version := "of unknown version"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == modulePath {
				version = dependency.Version
			}
		}
	}
	return fmt.Sprintf("wazero %s, %s", version, e.name)
}

func (e *engine) Compile(code []byte) (unit.Module, error) {
	compiled, err := e.runtime.CompileModule(context.Background(), code)
	if err != nil {
		return nil, err
	}
	return &module{e.runtime, compiled}, nil
}

type module struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
}

func (m *module) Instantiate(host unit.Host) (unit.Instance, error) {
	ctx := context.WithValue(context.Background(), hostKey{}, host)
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions()
	made, err := m.runtime.InstantiateModule(ctx, m.compiled, config)
	if err != nil {
		return nil, err
	}
	return &instance{ctx, made}, nil
}

func (m *module) Close() { _ = m.compiled.Close(context.Background()) }

type instance struct {
	ctx    context.Context
	module api.Module
}

func (i *instance) Start() error {
	_, err := i.module.ExportedFunction("_start").Call(i.ctx)
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		if traps[cause.Error()] {
			return unit.ErrTrap
		}
	}
	return err
}

func (i *instance) Memory() []byte {
	memory := i.module.Memory()
	bytes, _ := memory.Read(0, memory.Size())
	return bytes
}

func (i *instance) Global(name string) uint64 { return i.module.ExportedGlobal(name).Get() }

func (i *instance) SetGlobal(name string, bits uint64) {
	i.module.ExportedGlobal(name).(api.MutableGlobal).Set(bits)
}

func (i *instance) Close() { _ = i.module.Close(i.ctx) }
