import { sha256 } from '@noble/hashes/sha2.js';
import { checkLength, concat, HASH_LENGTH, KEY_LENGTH, u64, utf8 } from './bytes.js';
import { type Leaf, leafPreimage } from './leaf.js';
import { encodeLeaseId, type LeaseId } from './lease.js';
import { merkleRoot } from './merkle.js';

const TAG = utf8('dmcn/commit/1');

/** The root over the preimages of a batch's leaves in order, the first of which is unit `firstUnit` of the job. */
export function batchRoot(job: bigint, firstUnit: number, leaves: readonly Leaf[]): Uint8Array {
  return merkleRoot(leaves.map((leaf, position) => leafPreimage(job, firstUnit + position, leaf)));
}

/**
 * `SHA256("dmcn/commit/1" || K || root || u64 gas_total || worker || u64 job || u32 batch || u32 epoch)`: hides root and
 * gas until K is shown. Throws LengthError or NumberRangeError.
 */
export function commitment(lease: LeaseId, key: Uint8Array, root: Uint8Array, gasTotal: bigint): Uint8Array {
  return sha256(
    concat(
      TAG,
      checkLength(key, 'leaf key', KEY_LENGTH),
      checkLength(root, 'root', HASH_LENGTH),
      u64(gasTotal, 'gas total'),
      encodeLeaseId(lease),
    ),
  );
}
