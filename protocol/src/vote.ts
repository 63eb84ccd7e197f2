import { sha256 } from '@noble/hashes/sha2.js';
import { ACCOUNT_LENGTH, checkLength, concat, u64, utf8 } from './bytes.js';
import { LEAF_PREIMAGE_LENGTH } from './leaf.js';

const TAG = utf8('dmcn/vote/1');
const SALT_LENGTH = 32;

/** A referee's vote on one unit, as it is revealed. */
export interface Vote {
  /** 32 secret random bytes, shown at the reveal. */
  readonly salt: Uint8Array;
  /** The validator's operator account, 20 raw bytes. */
  readonly valoper: Uint8Array;
  readonly dispute: bigint;
  /** The preimage that the referee computed. */
  readonly leaf: Uint8Array;
}

/** What is posted before the reveal: `SHA256("dmcn/vote/1" || salt || valoper || u64 dispute || leaf_i)`. Throws LengthError or NumberRangeError. */
export function voteHash(vote: Vote): Uint8Array {
  return sha256(
    concat(
      TAG,
      checkLength(vote.salt, 'salt', SALT_LENGTH),
      checkLength(vote.valoper, 'validator account', ACCOUNT_LENGTH),
      u64(vote.dispute, 'dispute'),
      checkLength(vote.leaf, 'leaf', LEAF_PREIMAGE_LENGTH),
    ),
  );
}
