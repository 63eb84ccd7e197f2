import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BlobCorruptError, BlobTooLargeError } from './errors.js';

/** Which blob is expected, from where, and how long it may be. */
export interface Expected {
  /** Hexadecimal hash. */
  readonly hash: string;
  readonly where: string;
  readonly maxBytes: number;
}

/** A blob that comes in pieces, hashed as they come and never longer than the limit. */
export class Collector {
  #digest = sha256.create();
  #parts: Uint8Array[] = [];
  #size = 0;

  constructor(readonly expected: Expected) {}

  /** Bytes that have come. */
  get size(): number {
    return this.#size;
  }

  /** Takes the next bytes. @throws BlobTooLargeError as soon as the limit is passed */
  add(chunk: Uint8Array): void {
    const { hash, maxBytes, where } = this.expected;
    if (this.#size + chunk.length > maxBytes) throw new BlobTooLargeError(hash, maxBytes, where);
    this.#size += chunk.length;
    this.#digest.update(chunk);
    this.#parts.push(chunk);
  }

  /** Forgets what has come. */
  restart(): void {
    this.#digest = sha256.create();
    this.#parts = [];
    this.#size = 0;
  }

  /** The whole blob. @throws BlobCorruptError when the hash is another */
  finish(): Uint8Array {
    const { hash, where } = this.expected;
    const actual = bytesToHex(this.#digest.digest());
    if (actual !== hash) throw new BlobCorruptError(hash, where, actual, this.#size);
    const whole = new Uint8Array(this.#size);
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

/**
 * Reads a stream to its end and verifies it.
 * @throws BlobTooLargeError as soon as the limit is passed, BlobCorruptError when the hash is another
 */
export async function collectBlob(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  expected: Expected,
): Promise<Uint8Array> {
  const collector = new Collector(expected);
  for await (const chunk of chunks) collector.add(chunk);
  return collector.finish();
}
