//go:build wasmtime

// Package wasmtime runs modules on wasmtime, https://wasmtime.dev, through the C API of its library. Whoever builds it
// tells the linker where the library is (CGO_LDFLAGS).
package wasmtime

/*
#include <stdlib.h>
#include "bridge.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"runtime/cgo"
	"unsafe"

	"github.com/dmcn/dmcn/conformance/host/profile"
	"github.com/dmcn/dmcn/conformance/host/unit"
)

// version is the library's, which does not tell it; set by whoever builds this.
var version = "of unknown version"

const (
	trapMemory      = 1
	trapTable       = 3
	trapUnreachable = 9
)

type engine struct {
	engine *C.wasm_engine_t
	linker *C.wasmtime_linker_t
	calls  []call
}

type call struct {
	name string
	profile.Call
}

// New gives the engine.
func New(p profile.Profile) (unit.Engine, error) {
	made := C.new_engine()
	e := &engine{engine: made, linker: C.wasmtime_linker_new(made)}
	module := C.CString(p.Module)
	defer C.free(unsafe.Pointer(module))
	for name, declared := range p.Calls {
		if err := e.define(module, call{name, declared}); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (e *engine) define(module *C.char, c call) error {
	texts := []*C.char{C.CString(c.name), C.CString(c.Params), C.CString(c.Results)}
	defer func() {
		for _, text := range texts {
			C.free(unsafe.Pointer(text))
		}
	}()
	index := C.uintptr_t(len(e.calls))
	e.calls = append(e.calls, c)
	return failure(C.define(e.linker, module, texts[0], texts[1], texts[2], index))
}

func (e *engine) Version() string { return "wasmtime " + version }

func (e *engine) Compile(code []byte) (unit.Module, error) {
	var compiled *C.wasmtime_module_t
	if err := failure(C.wasmtime_module_new(e.engine, (*C.uint8_t)(&code[0]), C.size_t(len(code)), &compiled)); err != nil {
		return nil, err
	}
	return &module{e, compiled}, nil
}

type module struct {
	engine   *engine
	compiled *C.wasmtime_module_t
}

func (m *module) Close() { C.wasmtime_module_delete(m.compiled) }

func (m *module) Instantiate(host unit.Host) (unit.Instance, error) {
	i := &instance{engine: m.engine, host: host, unit: (*C.unit_t)(C.calloc(1, C.sizeof_unit_t))}
	i.handle = cgo.NewHandle(i)
	if err := failed(C.instantiate(m.engine.engine, m.engine.linker, m.compiled, C.uintptr_t(i.handle), i.unit)); err != nil {
		i.Close()
		return nil, err
	}
	return i, nil
}

type instance struct {
	engine *engine
	host   unit.Host
	unit   *C.unit_t
	handle cgo.Handle
	// end is the error by which the host ended the unit.
	end error
}

//export goCall
func goCall(handle, index C.uintptr_t, values *C.wasmtime_val_raw_t) C.int {
	i := cgo.Handle(handle).Value().(*instance)
	call := i.engine.calls[index]
	raw := unsafe.Slice(values, max(len(call.Params), 1))
	arguments := make([]uint64, len(call.Params))
	for at, letter := range call.Params {
		arguments[at] = uint64(*(*uint32)(unsafe.Pointer(&raw[at])))
		if letter == 'I' {
			arguments[at] = *(*uint64)(unsafe.Pointer(&raw[at]))
		}
	}
	errno, err := i.host(call.name, arguments)
	if err != nil {
		i.end = err
		return 0
	}
	if call.Results != "" {
		*(*uint32)(unsafe.Pointer(&raw[0])) = errno
	}
	return 1
}

func (i *instance) Start() error {
	start := C.CString("_start")
	defer C.free(unsafe.Pointer(start))
	err := failed(C.call(i.unit, start))
	if i.end != nil {
		return i.end
	}
	return err
}

func (i *instance) Memory() []byte {
	name := C.CString("memory")
	defer C.free(unsafe.Pointer(name))
	var size C.size_t
	data := C.memory(i.unit, name, &size)
	return unsafe.Slice((*byte)(data), int(size))
}

func (i *instance) Global(name string) uint64 {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	return uint64(C.get_global(i.unit, text))
}

func (i *instance) SetGlobal(name string, bits uint64) {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	C.set_global(i.unit, text, C.uint64_t(bits))
}

func (i *instance) Close() {
	C.wasmtime_store_delete(i.unit.store)
	C.free(unsafe.Pointer(i.unit))
	i.handle.Delete()
}

// failed turns an end into an error and deletes it.
func failed(end C.end_t) error {
	if end.trap == nil {
		return failure(end.error)
	}
	defer C.wasm_trap_delete(end.trap)
	var code C.uint8_t
	if C.wasmtime_trap_code(end.trap, &code) && (code == trapMemory || (code >= trapTable && code <= trapUnreachable)) {
		return unit.ErrTrap
	}
	var message C.wasm_byte_vec_t
	C.wasm_trap_message(end.trap, &message)
	return errors.New(text(&message))
}

func failure(err *C.wasmtime_error_t) error {
	if err == nil {
		return nil
	}
	defer C.wasmtime_error_delete(err)
	var message C.wasm_byte_vec_t
	C.wasmtime_error_message(err, &message)
	return fmt.Errorf("wasmtime: %s", text(&message))
}

func text(bytes *C.wasm_byte_vec_t) string {
	defer C.wasm_byte_vec_delete(bytes)
	return C.GoStringN(bytes.data, C.int(bytes.size))
}
