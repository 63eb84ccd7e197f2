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

/**
 * Reads a stream to its end and verifies it, hashing as the chunks come and never holding more than the limit.
 * @throws BlobTooLargeError as soon as the limit is passed, BlobCorruptError when the hash is another
 */
export async function collectBlob(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  expected: Expected,
): Promise<Uint8Array> {
  const digest = sha256.create();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > expected.maxBytes) {
      throw new BlobTooLargeError(expected.hash, expected.maxBytes, expected.where);
    }
    digest.update(chunk);
    parts.push(chunk);
  }
  const actual = bytesToHex(digest.digest());
  if (actual !== expected.hash) {
    throw new BlobCorruptError(expected.hash, expected.where, actual, size);
  }
  return concat(parts, size);
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
