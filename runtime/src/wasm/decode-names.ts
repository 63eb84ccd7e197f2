import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';

const FUNCTION_NAMES = 1;

/** Reads function names as far as they can be read: a broken name section does not make a module invalid. */
export function decodeNames(content: ByteReader, names: Map<number, string>): void {
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
