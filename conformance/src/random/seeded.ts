import { createHash } from 'node:crypto';

/** A stream of bytes that follows from a seed alone: SHA-256 over the seed and a counter. */
export class Seeded {
  #block = new Uint8Array();
  #at = 0;
  #counter = 0;

  constructor(private readonly seed: string) {}

  byte(): number {
    if (this.#at === this.#block.length) {
      this.#block = createHash('sha256')
        .update(`${this.seed}/${this.#counter++}`)
        .digest();
      this.#at = 0;
    }
    return this.#block[this.#at++] ?? 0;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.byte());
  }

  u32(): number {
    return new DataView(this.bytes(4).buffer).getUint32(0, true);
  }

  /** An integer from 0 to below the bound; the slight bias of the remainder does not matter here. */
  below(bound: number): number {
    return this.u32() % bound;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}
