import { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import type { ModuleLayout } from './module-layout.js';

const FUNCTION_NAMES = 1;

/** The function names of a module's name sections, read when the first is asked for: only refusals need them. */
export class FunctionNames {
  #names: Map<number, string> | undefined;

  constructor(private readonly module: ModuleLayout) {}

  of(index: number): string | undefined {
    this.#names ??= this.#read();
    return this.#names.get(index);
  }

  #read(): Map<number, string> {
    const { bytes, nameSections } = this.module;
    const names = new Map<number, string>();
    for (const { start, end } of nameSections) readNames(new ByteReader(bytes, start, end), names);
    return names;
  }
}

/** Reads as far as the names can be read: a broken name section does not make a module invalid. */
function readNames(content: ByteReader, names: Map<number, string>): void {
  try {
    while (!content.done) {
      const id = content.u8();
      const part = content.window(content.u32());
      if (id !== FUNCTION_NAMES) continue;
      for (let left = part.u32(); left > 0; left--) names.set(part.u32(), part.name());
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}
