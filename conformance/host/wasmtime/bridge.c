//go:build wasmtime

#include "bridge.h"
#include <pthread.h>
#include <string.h>

#define MIB ((size_t)1 << 20)
#define WASM_STACK (256 * MIB)
#define THREAD_STACK (WASM_STACK + 64 * MIB)

extern int goCall(uintptr_t handle, uintptr_t index, wasmtime_val_raw_t *values);

wasm_engine_t *new_engine(void) {
  wasm_config_t *config = wasm_config_new();
  wasmtime_config_max_wasm_stack_set(config, WASM_STACK);
  // Not used, and yet it must not be smaller.
  wasmtime_config_async_stack_size_set(config, THREAD_STACK);
  wasmtime_config_wasm_bulk_memory_set(config, true);
  wasmtime_config_wasm_multi_value_set(config, true);
  wasmtime_config_wasm_relaxed_simd_set(config, false);
  wasmtime_config_wasm_simd_set(config, false);
  wasmtime_config_wasm_threads_set(config, false);
  wasmtime_config_wasm_tail_call_set(config, false);
  wasmtime_config_wasm_exceptions_set(config, false);
  wasmtime_config_wasm_gc_set(config, false);
  wasmtime_config_wasm_function_references_set(config, false);
  wasmtime_config_wasm_reference_types_set(config, false);
  wasmtime_config_wasm_multi_memory_set(config, false);
  wasmtime_config_wasm_memory64_set(config, false);
  wasmtime_config_wasm_wide_arithmetic_set(config, false);
  wasmtime_config_wasm_component_model_async_set(config, false);
  wasmtime_config_wasm_component_model_set(config, false);
  return wasm_engine_new_with_config(config);
}

static wasm_trap_t *on_call(void *index, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count) {
  (void)count;
  uintptr_t handle = (uintptr_t)wasmtime_context_get_data(wasmtime_caller_context(caller));
  return goCall(handle, (uintptr_t)index, values) ? NULL : wasmtime_trap_new("end", 3);
}

static wasm_valtype_vec_t value_types(const char *letters) {
  wasm_valtype_vec_t vector;
  wasm_valtype_t *types[16];
  size_t count = strlen(letters);
  for (size_t i = 0; i < count; i++) types[i] = wasm_valtype_new(letters[i] == 'I' ? VALUE_I64 : VALUE_I32);
  wasm_valtype_vec_new(&vector, count, types);
  return vector;
}

wasmtime_error_t *define(wasmtime_linker_t *linker, const char *module, const char *name, const char *params,
    const char *results, uintptr_t index) {
  wasm_valtype_vec_t from = value_types(params), to = value_types(results);
  wasm_functype_t *type = wasm_functype_new(&from, &to);
  wasmtime_error_t *error = wasmtime_linker_define_func_unchecked(linker, module, strlen(module), name, strlen(name),
      type, on_call, (void *)index, NULL);
  wasm_functype_delete(type);
  return error;
}

end_t instantiate(wasm_engine_t *engine, wasmtime_linker_t *linker, wasmtime_module_t *module, uintptr_t handle,
    unit_t *unit) {
  end_t end = {0};
  unit->store = wasmtime_store_new(engine, (void *)handle, NULL);
  unit->context = wasmtime_store_context(unit->store);
  end.error = wasmtime_linker_instantiate(linker, unit->context, module, &unit->instance, &end.trap);
  return end;
}

static wasmtime_extern_t exported(unit_t *unit, const char *name) {
  wasmtime_extern_t found = {0};
  wasmtime_instance_export_get(unit->context, &unit->instance, name, strlen(name), &found);
  return found;
}

struct call {
  unit_t *unit;
  wasmtime_func_t function;
  end_t end;
};

static void *run_call(void *argument) {
  struct call *call = argument;
  wasmtime_val_raw_t none;
  call->end.error = wasmtime_func_call_unchecked(call->unit->context, &call->function, &none, 0, &call->end.trap);
  return NULL;
}

end_t call(unit_t *unit, const char *name) {
  struct call call = {.unit = unit, .function = exported(unit, name).of.func};
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, THREAD_STACK);
  if (pthread_create(&thread, &attributes, run_call, &call) == 0) pthread_join(thread, NULL);
  else call.end.trap = wasmtime_trap_new("no thread", 9);
  pthread_attr_destroy(&attributes);
  return call.end;
}

uint8_t *memory(unit_t *unit, const char *name, size_t *size) {
  wasmtime_extern_t found = exported(unit, name);
  *size = wasmtime_memory_data_size(unit->context, &found.of.memory);
  return wasmtime_memory_data(unit->context, &found.of.memory);
}

uint64_t get_global(unit_t *unit, const char *name) {
  wasmtime_extern_t found = exported(unit, name);
  wasmtime_val_t value;
  wasmtime_global_get(unit->context, &found.of.global, &value);
  return value.kind == VALUE_I64 ? (uint64_t)value.of.i64 : (uint32_t)value.of.i32;
}

void set_global(unit_t *unit, const char *name, uint64_t bits) {
  wasmtime_extern_t found = exported(unit, name);
  wasmtime_val_t value;
  wasmtime_global_get(unit->context, &found.of.global, &value);
  if (value.kind == VALUE_I64) value.of.i64 = (int64_t)bits;
  else value.of.i32 = (int32_t)bits;
  wasmtime_error_t *error = wasmtime_global_set(unit->context, &found.of.global, &value);
  if (error != NULL) wasmtime_error_delete(error);
}
