import { expect, test } from 'vitest';
import { sampleUnits } from './verify.js';

const units = Array.from({ length: 50 }, (_, i) => i);

test('a rate of 0 chooses nothing and of 1 everything', () => {
  expect(sampleUnits(units, 0)).toEqual([]);
  expect(sampleUnits(units, 1)).toEqual(units);
});

test('a rate above 0 chooses at least one unit', () => {
  expect(sampleUnits(units, 0.001, () => 0.999)).toEqual([49]);
  expect(sampleUnits([], 0.5)).toEqual([]);
});

test('each unit is chosen by a draw of its own', () => {
  let turn = 0;
  expect(sampleUnits([1, 2, 3, 4], 0.5, () => (turn++ % 2 === 0 ? 0.1 : 0.9))).toEqual([1, 3]);
});
