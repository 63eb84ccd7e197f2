import { decryptForLease, encryptForLease } from './batch-cipher.js';
import { ByteReader, checkNumber, concat, U32_MAX, u32 } from './bytes.js';
import { DecodeError } from './errors.js';
import type { LeaseId } from './lease.js';

/** Encrypts the output of one unit, counted over the whole job, under K_out. */
export function encryptOutput(key: Uint8Array, lease: LeaseId, unit: number, output: Uint8Array): Uint8Array {
  return encryptForLease(key, lease, unitNonce(unit), output);
}

/** The opposite of encryptOutput; throws DecryptionError for another key, lease, unit or changed bytes. */
export function decryptOutput(
  key: Uint8Array,
  lease: LeaseId,
  unit: number,
  ciphertext: Uint8Array,
): Uint8Array {
  return decryptForLease(key, lease, unitNonce(unit), ciphertext, `the output of unit ${unit}`);
}

/**
 * Encrypts the outputs of a batch into one blob, the *outputs bundle*: for each unit in order
 * `u32 length || ciphertext`. Its SHA-256 is the commit's `outputs_hash`.
 */
export function sealOutputs(
  key: Uint8Array,
  lease: LeaseId,
  firstUnit: number,
  outputs: readonly Uint8Array[],
): Uint8Array {
  const parts = outputs.flatMap((output, position) => {
    const ciphertext = encryptOutput(key, lease, firstUnit + position, output);
    return [u32(ciphertext.length, 'output length'), ciphertext];
  });
  return concat(...parts);
}

/** Splits a bundle into the ciphertexts of its `units` units. Throws DecodeError unless it holds exactly those. */
export function splitOutputs(bundle: Uint8Array, units: number): Uint8Array[] {
  const reader = new ByteReader(bundle, 'an outputs bundle');
  const ciphertexts: Uint8Array[] = [];
  while (reader.remaining > 0) {
    if (ciphertexts.length === units) {
      throw new DecodeError('an outputs bundle', `it holds more than ${units} outputs`);
    }
    ciphertexts.push(reader.take(reader.u32()));
  }
  if (ciphertexts.length < units) {
    throw new DecodeError('an outputs bundle', `it holds ${ciphertexts.length} outputs, want ${units}`);
  }
  return ciphertexts;
}

/** The outputs of all units of a batch. Throws DecodeError or DecryptionError. */
export function openOutputs(
  key: Uint8Array,
  lease: LeaseId,
  firstUnit: number,
  units: number,
  bundle: Uint8Array,
): Uint8Array[] {
  return splitOutputs(bundle, units).map((ciphertext, position) =>
    decryptOutput(key, lease, firstUnit + position, ciphertext),
  );
}

function unitNonce(unit: number): bigint {
  return BigInt(checkNumber(unit, 'unit', 0, U32_MAX));
}
