import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { checkLength, concat, KEY_LENGTH, u64 } from './bytes.js';
import { DecryptionError } from './errors.js';
import { encodeLeaseId, type LeaseId } from './lease.js';

/** Bytes that encryption adds. */
export const CIPHER_TAG_LENGTH = 16;

/** ChaCha20-Poly1305 under a batch's key, with the counter as u96 nonce and the lease as associated data. */
export function encryptForLease(
  key: Uint8Array,
  lease: LeaseId,
  counter: bigint,
  plaintext: Uint8Array,
): Uint8Array {
  return cipher(key, lease, counter).encrypt(plaintext);
}

/** The opposite of encryptForLease; throws DecryptionError, which says `what` could not be read. */
export function decryptForLease(
  key: Uint8Array,
  lease: LeaseId,
  counter: bigint,
  ciphertext: Uint8Array,
  what: string,
): Uint8Array {
  const opener = cipher(key, lease, counter);
  try {
    return opener.decrypt(ciphertext);
  } catch (cause) {
    throw new DecryptionError(what, { cause });
  }
}

function cipher(key: Uint8Array, lease: LeaseId, counter: bigint) {
  const nonce = concat(new Uint8Array(4), u64(counter, 'nonce'));
  return chacha20poly1305(checkLength(key, 'batch key', KEY_LENGTH), nonce, encodeLeaseId(lease));
}
