// What Go needs of wasmtime, without structs by value and callbacks.
#pragma once
#include "library.h"

typedef struct {
  wasmtime_store_t *store;
  wasmtime_context_t *context;
  wasmtime_instance_t instance;
} unit_t;

// How something ended: at most one of these is set, and the receiver deletes it.
typedef struct {
  wasmtime_error_t *error;
  wasm_trap_t *trap;
} end_t;

wasm_engine_t *new_engine(void);
// Defines a function whose calls go to goCall with the unit's handle and this index.
wasmtime_error_t *define(wasmtime_linker_t *linker, const char *module, const char *name, const char *params,
    const char *results, uintptr_t index);
end_t instantiate(wasm_engine_t *engine, wasmtime_linker_t *linker, wasmtime_module_t *module, uintptr_t handle,
    unit_t *unit);
// Runs an exported function without parameters and results on a stack that no program of the profile can fill.
end_t call(unit_t *unit, const char *name);
uint8_t *memory(unit_t *unit, const char *name, size_t *size);
uint64_t get_global(unit_t *unit, const char *name);
void set_global(unit_t *unit, const char *name, uint64_t bits);
