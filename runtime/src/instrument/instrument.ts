import { inspect } from '../check/check.js';
import { type Finding, formatFinding } from '../check/findings.js';
import { ACCESS_PRICES, CALL_PRICES, stepAt } from '../profile/costs.js';
import { ByteReader } from '../wasm/byte-reader.js';
import { ByteWriter } from '../wasm/byte-writer.js';
import { EXTERNAL, type ModuleLayout, SECTION, VALUE_TYPE } from '../wasm/module-layout.js';
import { FunctionTypes, readFunctionBody } from './function-body.js';
import { growsMemory } from './grows-memory.js';
import {
  INJECTED_FUNCTIONS,
  INJECTED_GLOBALS,
  type Injected,
  injectedBodies,
  injectedIndices,
  mostPages,
  writeExports,
  writeGlobals,
} from './injected.js';
import { writeFunction } from './write-function.js';

const PREAMBLE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const FUNCTION_TYPE = 0x60;

/** The profile does not accept the module; `findings` says why. A unit of it ends with INVALID_MODULE. */
export class InvalidModuleError extends Error {
  override readonly name = 'InvalidModuleError';
  readonly retryable = false;

  constructor(readonly findings: readonly Finding[]) {
    super(`the module is refused: ${findings.map(formatFinding).slice(0, 3).join('; ')}`);
  }
}

/**
 * Rewrites a module so that it counts gas, stack and memory and shows no engine's own NaNs: the same bytes for the
 * same module, whoever calls it. The result exports `_start`, `memory` and the counters of `EXPORTS`.
 * @throws InvalidModuleError if `check` finds anything.
 */
export function instrument(bytes: Uint8Array): Uint8Array {
  const { findings, module } = inspect(bytes);
  if (module === undefined) throw new InvalidModuleError(findings);
  return rewrite(module);
}

/** As `instrument`, for a module that `inspect` accepted. */
export function rewrite(module: ModuleLayout): Uint8Array {
  return new ModuleWriter(module).write();
}

class ModuleWriter {
  readonly #out: ByteWriter;
  readonly #types: FunctionTypes;
  readonly #injected: Injected;

  constructor(private readonly module: ModuleLayout) {
    this.#out = new ByteWriter(module.bytes.length * 2);
    this.#types = new FunctionTypes(module);
    this.#injected = injectedIndices(module);
  }

  write(): Uint8Array {
    const code = this.#code();
    this.#out.bytes(PREAMBLE);
    this.#section(SECTION.type, this.#typeSection());
    this.#copy(SECTION.import);
    this.#section(SECTION.function, this.#functionSection());
    this.#copy(SECTION.table);
    this.#section(SECTION.memory, this.#memorySection());
    this.#section(SECTION.global, this.#globalSection());
    this.#section(SECTION.export, this.#exportSection());
    this.#copy(SECTION.element);
    this.#section(SECTION.code, code);
    this.#copy(SECTION.data);
    return this.#out.view().slice();
  }

  #section(id: number, content: ByteWriter): void {
    this.#out.u8(id);
    this.#out.sized(content.view());
  }

  #copy(id: number): void {
    const range = this.module.sections.get(id);
    if (range === undefined) return;
    this.#out.u8(id);
    this.#out.sized(this.module.bytes.subarray(range.start, range.end));
  }

  /** A copy of a section's entries with their number raised by `added`. */
  #extended(id: number, entries: number, added: number): ByteWriter {
    const content = new ByteWriter();
    content.u32(entries + added);
    const range = this.module.sections.get(id);
    if (range !== undefined) {
      const reader = new ByteReader(this.module.bytes, range.start, range.end);
      reader.u32();
      content.bytes(this.module.bytes, reader.position, range.end);
    }
    return content;
  }

  #typeSection(): ByteWriter {
    const { i32 } = VALUE_TYPE;
    const added = [
      [[i32], [i32]],
      [[i32, i32, i32], []],
    ];
    const content = this.#extended(SECTION.type, this.module.types.length, added.length);
    for (const lists of added) {
      content.u8(FUNCTION_TYPE);
      for (const list of lists) content.sized(Uint8Array.from(list));
    }
    return content;
  }

  #functionSection(): ByteWriter {
    const content = this.#extended(SECTION.function, this.module.functions.length, INJECTED_FUNCTIONS);
    content.u32(this.#injected.growType);
    content.u32(this.#injected.bulkType);
    content.u32(this.#injected.bulkType);
    return content;
  }

  #memorySection(): ByteWriter {
    const memory = this.module.memories[0];
    const content = new ByteWriter();
    content.u32(1);
    content.u8(1);
    content.u32(memory?.minimum ?? 0);
    content.u32(mostPages(memory?.maximum));
    return content;
  }

  #globalSection(): ByteWriter {
    const content = this.#extended(SECTION.global, this.module.globals.length, INJECTED_GLOBALS);
    const memory = this.module.memories[0];
    writeGlobals(content, memory?.minimum ?? 0, mostPages(memory?.maximum));
    return content;
  }

  #exportSection(): ByteWriter {
    const start = this.module.exports.find(
      ({ name, kind }) => name === '_start' && kind === EXTERNAL.function,
    );
    const content = new ByteWriter();
    writeExports(content, this.#injected, start?.index ?? 0);
    return content;
  }

  #code(): ByteWriter {
    const { module } = this;
    const context = {
      bytes: module.bytes,
      types: this.#types,
      injected: this.#injected,
      callPrice: stepAt(CALL_PRICES, module.functions.length),
      accessPrice: growsMemory(module) ? undefined : stepAt(ACCESS_PRICES, module.memories[0]?.minimum ?? 0),
    };
    const content = new ByteWriter(module.bytes.length * 2);
    content.u32(module.bodies.length + INJECTED_FUNCTIONS);
    for (let i = 0; i < module.bodies.length; i++) {
      content.sized(writeFunction(readFunctionBody(module, this.#types, i), context));
    }
    for (const body of injectedBodies(this.#injected)) content.sized(body);
    return content;
  }
}
