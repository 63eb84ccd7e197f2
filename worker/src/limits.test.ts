import { expect, test } from 'vitest';
import { gasWithin, promisedRate, secondsPerBlock } from './limits.js';

test('a rate shrinks with the share of a core, to whole gas', () => {
  expect(promisedRate(100_000_000n, 1)).toBe(100_000_000n);
  expect(promisedRate(100_000_000n, 0.35)).toBe(35_000_000n);
  expect(promisedRate(101n, 0.5)).toBe(50n);
});

test('the longest unit is what the promised rate gets through in that time', () => {
  expect(gasWithin(60, 100_000_000n, 3)).toBe(2_000_000_000n);
  expect(gasWithin(60, promisedRate(100_000_000n, 0.5), 3)).toBe(1_000_000_000n);
  expect(gasWithin(0.5, 100n, 0.2)).toBe(250n);
  expect(gasWithin(1, 1n, 3)).toBe(1n);
});

const chainOf = (height: number, seconds: number, earliestHeight = 1) => ({
  status: async () => ({ height, earliestHeight, time: new Date(height * seconds * 1_000) }) as never,
  fetchBlock: async (at: number) => ({ time: new Date(at * seconds * 1_000) }),
});

test.each([
  ['the newest 100 blocks', chainOf(5_000, 1.04), 1],
  ['as many as a node has', chainOf(5_000, 2.96, 4_995), 3],
  ['fast blocks', chainOf(50, 0.2), 0.2],
  ['a chain that has just begun', chainOf(1, 1), 3],
])('the pace of the chain: %s', async (_, chain, expected) => {
  expect(await secondsPerBlock(chain)).toBe(expected);
});
