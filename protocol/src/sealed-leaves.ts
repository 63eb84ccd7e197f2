import { CIPHER_TAG_LENGTH, decryptForLease, encryptForLease } from './batch-cipher.js';
import { ByteReader, concat } from './bytes.js';
import { encodeLeafRecord, LEAF_RECORD_LENGTH, type Leaf, readLeafRecord } from './leaf.js';
import type { LeaseId } from './lease.js';

/** The nonce of sealed leaves, above that of any unit. */
const LEAVES_NONCE = 2n ** 32n;

/** Bytes of the sealed leaves of a batch of `units` units. */
export function sealedLeavesLength(units: number): number {
  return units * LEAF_RECORD_LENGTH + CIPHER_TAG_LENGTH;
}

/** Encrypts the records of all leaves of a batch, in order, under K. Throws LengthError or NumberRangeError. */
export function sealLeaves(key: Uint8Array, lease: LeaseId, leaves: readonly Leaf[]): Uint8Array {
  return encryptForLease(key, lease, LEAVES_NONCE, concat(...leaves.map(encodeLeafRecord)));
}

/**
 * Reads the leaves back with K. Throws DecryptionError for another key, lease or changed bytes, DecodeError or
 * InvalidLeafError when whoever sealed them sealed something else.
 */
export function openLeaves(key: Uint8Array, lease: LeaseId, sealed: Uint8Array): Leaf[] {
  const records = decryptForLease(key, lease, LEAVES_NONCE, sealed, 'the sealed leaves');
  const reader = new ByteReader(records, 'the sealed leaves');
  const leaves: Leaf[] = [];
  while (reader.remaining > 0) leaves.push(readLeafRecord(reader));
  return leaves;
}
