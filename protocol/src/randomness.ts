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

/** The first 8 bytes of a hash as a number. */
export function firstU64(hash: Uint8Array): bigint {
  return new ByteReader(hash, 'randomness').u64();
}
