import { sha256 } from '@noble/hashes/sha2.js';
import { ACCOUNT_LENGTH, checkLength, concat, utf8 } from './bytes.js';
import { LEAF_PREIMAGE_LENGTH } from './leaf.js';

const TAG = utf8('dmcn/audit/1');

/**
 * What an auditor posts for a sampled unit: `SHA256("dmcn/audit/1" || auditor || leaf_i)`, over the preimage that it
 * computed itself. Throws LengthError.
 */
export function auditHash(auditor: Uint8Array, leaf: Uint8Array): Uint8Array {
  checkLength(auditor, 'auditor account', ACCOUNT_LENGTH);
  return sha256(concat(TAG, auditor, checkLength(leaf, 'leaf', LEAF_PREIMAGE_LENGTH)));
}
