import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes, U64_MAX } from './bytes.js';
import { CERTAIN_COIN, coinHits, coinThreshold } from './coin.js';
import { LengthError, NumberRangeError } from './errors.js';
import { type Purpose, permutation, pickSlot, purposeRandom } from './randomness.js';
import { bytes } from './testing/arbitraries.js';
import { goldenCases } from './testing/vectors.js';

const golden = goldenCases<{
  purposes: {
    name: string;
    seed: string;
    purpose: Purpose;
    job: string;
    batch: number;
    epoch: number;
    round: number;
    r: string;
  }[];
  picks: { r: string; attempt: number; slots: string; slot: string }[];
  permutations: { r: string; n: number; order: number[] }[];
  coins: { name: string; r: string; threshold: string; hits: boolean }[];
  thresholds: { probabilityBps: number; heights: number; threshold: string }[];
}>('randomness');

describe('golden randomness', () => {
  test.each(golden.purposes)('$name', ({ seed, purpose, job, r, ...id }) => {
    expect(bytesToHex(purposeRandom(hexToBytes(seed), purpose, { ...id, job: BigInt(job) }))).toBe(r);
  });

  test.each(golden.picks)('try $attempt of $slots slots', ({ r, attempt, slots, slot }) => {
    expect(pickSlot(hexToBytes(r), attempt, BigInt(slots))).toBe(BigInt(slot));
  });

  test.each(golden.permutations)('an order of $n', ({ r, n, order }) => {
    expect(permutation(hexToBytes(r), n)).toEqual(order);
  });

  test.each(golden.coins)('coin: $name', ({ r, threshold, hits }) => {
    expect(coinHits(hexToBytes(r), BigInt(threshold))).toBe(hits);
  });

  test.each(golden.thresholds)('$probabilityBps bp over $heights heights', (json) => {
    expect(coinThreshold(json.probabilityBps, json.heights)).toBe(BigInt(json.threshold));
  });
});

test('a pick is below the number of slots', () => {
  fc.assert(
    fc.property(bytes(32), fc.nat(15), fc.bigInt({ min: 1n, max: U64_MAX }), (r, attempt, slots) => {
      const slot = pickSlot(r, attempt, slots);
      expect(slot >= 0n && slot < slots).toBe(true);
    }),
  );
});

test('a permutation has every number once', () => {
  fc.assert(
    fc.property(bytes(32), fc.nat(64), (r, n) => {
      expect(permutation(r, n).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
});

test('over m heights a coin hits with the wanted probability', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 200 }), (bps, heights) => {
      const miss = 1 - Number(coinThreshold(bps, heights)) / 2 ** 64;
      expect(1 - miss ** heights).toBeCloseTo(bps / 10_000, 9);
    }),
  );
});

test('numbers out of range are refused', () => {
  const r = new Uint8Array(32);
  expect(coinThreshold(10_000, 7)).toBe(CERTAIN_COIN);
  expect(() => pickSlot(r, 16, 1n)).toThrow(NumberRangeError);
  expect(() => pickSlot(r, 0, 0n)).toThrow(NumberRangeError);
  expect(() => pickSlot(r.slice(1), 0, 1n)).toThrow(LengthError);
  expect(() => coinHits(r, -1n)).toThrow(NumberRangeError);
  expect(() => coinThreshold(10_001, 4)).toThrow(NumberRangeError);
  expect(() => coinThreshold(1, 0)).toThrow(NumberRangeError);
  expect(() => coinThreshold(1, 1_001)).toThrow(NumberRangeError);
  expect(() => purposeRandom(r.slice(1), 'draw', { job: 1n, batch: 0, epoch: 0, round: 0 })).toThrow(
    LengthError,
  );
});
