import { sha256 } from '@noble/hashes/sha2.js';
import { checkLength, checkNumber, equalBytes, HASH_LENGTH } from './bytes.js';
import { DecodeError, InvalidProofError } from './errors.js';
import { merkleRoot } from './merkle.js';

/** Bytes of an input index: SHA-256 of every input of the job in order, 32 bytes each. */
export type InputIndex = Uint8Array;

/** The item of the input tree that stands for an input, `SHA256(input)`; also the input's address in a blob store. */
export function inputHash(input: Uint8Array): Uint8Array {
  return sha256(input);
}

/** The job's `input_root`: the Merkle root whose items are the inputs' hashes. Throws LengthError. */
export function inputRoot(hashes: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(hashes.map((hash) => checkLength(hash, 'input hash', HASH_LENGTH)));
}

/** Joins the inputs' hashes into the blob whose SHA-256 is the job's `input_index`. Throws LengthError. */
export function encodeInputIndex(hashes: readonly Uint8Array[]): InputIndex {
  const index = new Uint8Array(hashes.length * HASH_LENGTH);
  for (const [i, hash] of hashes.entries()) {
    index.set(checkLength(hash, 'input hash', HASH_LENGTH), i * HASH_LENGTH);
  }
  return index;
}

/** Splits an index into its hashes. Throws DecodeError when it ends within one. */
export function decodeInputIndex(index: InputIndex): Uint8Array[] {
  if (index.length % HASH_LENGTH !== 0) {
    throw new DecodeError('an input index', `${index.length} bytes are no multiple of ${HASH_LENGTH}`);
  }
  return Array.from({ length: index.length / HASH_LENGTH }, (_, i) =>
    index.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH),
  );
}

/**
 * Decodes an index that came from outside and returns the hashes of the job's `units` inputs. Throws DecodeError or
 * InvalidProofError unless it has that many and their Merkle root is `root`.
 */
export function verifyInputIndex(index: InputIndex, root: Uint8Array, units: number): Uint8Array[] {
  checkLength(root, 'input root', HASH_LENGTH);
  checkNumber(units, 'units', 1, Number.MAX_SAFE_INTEGER);
  const hashes = decodeInputIndex(index);
  if (hashes.length !== units) {
    throw new DecodeError('an input index', `it has ${hashes.length} hashes, want ${units}`);
  }
  if (!equalBytes(merkleRoot(hashes), root)) {
    throw new InvalidProofError('the input index leads to another root than the job names');
  }
  return hashes;
}
