import { EXPORTS } from '../instrument/injected.js';
import { WASI_MODULE } from '../wasi/calls.js';
import { GuestMemory } from '../wasi/guest-memory.js';
import { WasiHost, type WasiHostParts } from '../wasi/wasi-host.js';
import { UnitAbandonedError } from './errors.js';
import { GasMeter } from './gas-meter.js';

/** An instance of an instrumented module with its counters, see `EXPORTS`. */
export interface InstrumentedInstance {
  start(): void;
  readonly memory: WebAssembly.Memory;
  readonly gas: WebAssembly.Global<'i64'>;
  readonly stack: WebAssembly.Global<'i32'>;
  readonly pages: WebAssembly.Global<'i32'>;
  readonly refused: WebAssembly.Global<'i32'>;
}

/** A fresh instance with a WASI of its own. @throws UnitAbandonedError if the host has not the memory for it. */
export function instantiate(
  module: WebAssembly.Module,
  parts: Omit<WasiHostParts, 'memory' | 'gas'>,
): InstrumentedInstance {
  const memory = new GuestMemory(() => instance.memory);
  const gas = new GasMeter(() => instance.gas);
  const wasi = new WasiHost({ ...parts, memory, gas });
  const exports = instantiateModule(module, { [WASI_MODULE]: wasi.imports() });
  const instance: InstrumentedInstance = {
    start: exports[EXPORTS.start] as () => void,
    memory: exports[EXPORTS.memory] as WebAssembly.Memory,
    gas: exports[EXPORTS.gas] as WebAssembly.Global<'i64'>,
    stack: exports[EXPORTS.stack] as WebAssembly.Global<'i32'>,
    pages: exports[EXPORTS.pages] as WebAssembly.Global<'i32'>,
    refused: exports[EXPORTS.refused] as WebAssembly.Global<'i32'>,
  };
  return instance;
}

function instantiateModule(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, imports).exports;
  } catch (error) {
    const reason = error instanceof RangeError ? 'memory' : 'engine';
    throw new UnitAbandonedError(reason, `the module does not start: ${String(error)}`, { cause: error });
  }
}
