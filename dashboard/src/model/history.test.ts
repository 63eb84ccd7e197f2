import { expect, test } from 'vitest';
import { sumTrack, trackOf } from './history.js';

const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

test('what was told newest first is drawn oldest first, on to now', () => {
  const moves = [
    { time: at(30), to: 3 },
    { time: at(20), to: 2 },
  ];
  expect(trackOf(moves, ({ to }) => to, 40_000)).toEqual({ times: [20, 30, 40], values: [2, 3, 3] });
});

test('nothing is drawn of nothing', () => {
  expect(trackOf([], () => 0, 40_000)).toEqual({ times: [], values: [] });
});

test('a sum ends at its total, whatever came before the known additions', () => {
  const payments = [
    { time: at(30), pay: 5 },
    { time: at(20), pay: 7 },
  ];
  expect(sumTrack(payments, ({ pay }) => pay, 112, 40_000)).toEqual({
    times: [20, 30, 40],
    values: [107, 112, 112],
  });
});
