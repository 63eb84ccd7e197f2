import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Length in bytes of a blob's name, a SHA-256. */
export const HASH_BYTES = 32;

const HEX_HASH = /^[0-9a-f]{64}$/;

/** The name of a blob: the SHA-256 of its bytes, 32 bytes. */
export function hashBlob(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** Lower-case hexadecimal form of a 32-byte hash; throws RangeError on another length. */
export function hashToHex(hash: Uint8Array): string {
  if (hash.length !== HASH_BYTES) {
    throw new RangeError(`a blob hash has ${HASH_BYTES} bytes, this one has ${hash.length}`);
  }
  return bytesToHex(hash);
}

/** The hash written as 64 lower-case hexadecimal digits, or undefined when `text` is not one. */
export function hashFromHex(text: string): Uint8Array | undefined {
  return HEX_HASH.test(text) ? hexToBytes(text) : undefined;
}
