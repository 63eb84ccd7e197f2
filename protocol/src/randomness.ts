import { sha256 } from '@noble/hashes/sha2.js';
import {
  ByteReader,
  checkBigint,
  checkLength,
  checkNumber,
  concat,
  HASH_LENGTH,
  U64_MAX,
  u32,
  u64,
  utf8,
} from './bytes.js';

/** What a piece of randomness is for. */
export type Purpose = 'draw' | 'coin' | 'audit' | 'opener';

/** Names what randomness is drawn for, and the round within the purpose. */
export interface RandomId {
  readonly job: bigint;
  readonly batch: number;
  readonly epoch: number;
  readonly round: number;
}

/** Tries that a drawing has at one height; after them it waits for the next height. */
export const MAX_PICK_TRIES = 16;

const MAX_PERMUTATION = 2 ** 20;

/**
 * The randomness of a purpose, r = `SHA256(seed || tag || id)`, from the beacon's seed of the height that counts. Throws
 * LengthError or NumberRangeError.
 */
export function purposeRandom(seed: Uint8Array, purpose: Purpose, id: RandomId): Uint8Array {
  return sha256(
    concat(
      checkLength(seed, 'seed', HASH_LENGTH),
      utf8(`dmcn/${purpose}/1`),
      u64(id.job, 'job'),
      u32(id.batch, 'batch'),
      u32(id.epoch, 'epoch'),
      u32(id.round, 'round'),
    ),
  );
}

/**
 * The slot of the `attempt`-th try (t, from 0): `u64(SHA256(r || u32 t)[:8]) mod slots`. Throws NumberRangeError when
 * there is no slot, or past the 16 tries of a height.
 */
export function pickSlot(r: Uint8Array, attempt: number, slots: bigint): bigint {
  checkLength(r, 'randomness', HASH_LENGTH);
  checkNumber(attempt, 'try', 0, MAX_PICK_TRIES - 1);
  checkBigint(slots, 'slots', 1n, U64_MAX);
  return firstU64(sha256(concat(r, u32(attempt, 'try')))) % slots;
}

/**
 * The numbers below n in an order that r decides: for i from n-1 down to 1 the places i and
 * `u64(SHA256(r || u32 i)[:8]) mod (i+1)` are swapped. Auditor a of a batch takes the places from a*k on. Throws
 * LengthError, or NumberRangeError for more than 2^20.
 */
export function permutation(r: Uint8Array, n: number): number[] {
  checkLength(r, 'randomness', HASH_LENGTH);
  checkNumber(n, 'length', 0, MAX_PERMUTATION);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Number(firstU64(sha256(concat(r, u32(i, 'place')))) % BigInt(i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

/** The first 8 bytes of a hash as a number. */
export function firstU64(hash: Uint8Array): bigint {
  return new ByteReader(hash, 'randomness').u64();
}
