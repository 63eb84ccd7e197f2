import { expect, test } from 'vitest';
import { backOff } from './back-off.js';

test('waits twice as long each time, a minute at most', () => {
  const waits = [1, 2, 3, 4, 7, 8, 50].map((failures) => backOff(failures, 1));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000, 60_000]);
});

test('pages that failed together do not come back together', () => {
  expect(backOff(3, 0)).toBe(2_000);
  expect(backOff(3, 0.5)).toBe(3_000);
});
