import { LIMITS } from '../profile/limits.js';
import { UnitEnd } from '../run/unit-end.js';

const FIRST_CAPACITY = 4_096;

/** Collects what a unit writes to stdout, up to the output limit. */
export class OutputBuffer {
  #buffer = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  /** Appends all parts, or none. @throws UnitEnd with OUTPUT_LIMIT if they do not fit. */
  append(parts: readonly Uint8Array[]): void {
    const added = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#length + added > LIMITS.outputBytes) throw new UnitEnd('OUTPUT_LIMIT');
    if (this.#length + added > this.#buffer.length) this.#reserve(this.#length + added);
    for (const part of parts) {
      this.#buffer.set(part, this.#length);
      this.#length += part.length;
    }
  }

  /** A copy of what was appended. */
  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(length: number): void {
    const grown = new Uint8Array(Math.max(length, Math.min(this.#buffer.length * 2, LIMITS.outputBytes)));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
