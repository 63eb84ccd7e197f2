import fc from 'fast-check';
import { U32_MAX, U64_MAX } from '../bytes.js';
import type { Leaf } from '../leaf.js';
import type { LeaseId } from '../lease.js';
import { STATUSES } from '../status.js';

export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
export const anyU32 = fc.integer({ min: 0, max: U32_MAX });
export const anyU64 = fc.bigInt({ min: 0n, max: U64_MAX });

export const anyLeaf: fc.Arbitrary<Leaf> = fc.record({
  status: fc.constantFrom(...STATUSES),
  exitCode: anyU32,
  gas: anyU64,
  outputHash: bytes(32),
});

export const anyLease: fc.Arbitrary<LeaseId> = fc.record({
  worker: bytes(20),
  job: anyU64,
  batch: anyU32,
  epoch: anyU32,
});

/** `original` with one of its bits changed; `bit` is taken modulo its length. */
export function flipBit(original: Uint8Array, bit: number): Uint8Array {
  const changed = original.slice();
  const index = Math.floor(bit / 8) % changed.length;
  changed[index] = (changed[index] ?? 0) ^ (1 << (bit % 8));
  return changed;
}
