import { sha256 } from '@noble/hashes/sha2.js';

const BLOCK_BYTES = 32;
const TAG = new TextEncoder().encode('dmcn/rand/1');

/** The one stream of bytes that a unit's `random_get` calls read from its start: block j is SHA256(seed || u64 j). */
export class RandomStream {
  readonly #seed: Uint8Array;
  #block: Uint8Array = new Uint8Array();
  #position = 0;
  #next = 0n;

  /**
   * @param moduleId SHA-256 of the module as published, 32 bytes
   * @param unit the unit's index over the whole job
   */
  constructor(moduleId: Uint8Array, input: Uint8Array, unit: number) {
    const index = new Uint8Array(4);
    new DataView(index.buffer).setUint32(0, unit);
    this.#seed = sha256.create().update(TAG).update(moduleId).update(sha256(input)).update(index).digest();
  }

  fill(target: Uint8Array): void {
    for (let filled = 0; filled < target.length; ) {
      if (this.#position === this.#block.length) this.#advance();
      const part = this.#block.subarray(this.#position, this.#position + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#position += part.length;
    }
  }

  #advance(): void {
    const preimage = new Uint8Array(BLOCK_BYTES + 8);
    preimage.set(this.#seed);
    new DataView(preimage.buffer).setBigUint64(BLOCK_BYTES, this.#next++);
    this.#block = sha256(preimage);
    this.#position = 0;
  }
}
