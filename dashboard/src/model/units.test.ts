import { expect, test } from 'vitest';
import { costOf, partsOf } from './money.js';
import { unitCells } from './units.js';

const job = {
  state: 'Open',
  unitCount: 7,
  batchSize: 3,
  batchCount: 3,
  liveBatches: 1,
  finalBatches: 1,
  endedBatches: 0,
} as const;

test('each unit of a small job has its cell, the last batch being shorter', () => {
  const known = [
    { index: 0, state: 'Final' },
    { index: 2, state: 'Voting' },
  ] as const;
  expect(unitCells(job, known, 100)).toEqual({ phases: [4, 4, 4, 0, 0, 0, 'trouble'], each: 1, exact: true });
});

test('undrawn units of an expired job are ended', () => {
  expect(unitCells({ ...job, state: 'Expired' }, [], 100).phases).toEqual(Array(7).fill('ended'));
});

test('cells of a large job have the shares of its batches', () => {
  const large = {
    ...job,
    unitCount: 1_000_000,
    batchSize: 10,
    batchCount: 100_000,
    finalBatches: 50_000,
    endedBatches: 0,
    liveBatches: 25_000,
  };
  const { phases, each, exact } = unitCells(large, [], 100);
  expect([phases.length, each, exact]).toEqual([100, 10_000, false]);
  expect([4, 2, 0].map((phase) => phases.filter((one) => one === phase).length)).toEqual([50, 25, 25]);
});

test('the parts of the money add up', () => {
  const money = {
    funded: '1000',
    paid: '400',
    royalties: '8',
    fees: '8',
    audits: '84',
    refunded: '300',
    remaining: '200',
  };
  const parts = partsOf(money);
  expect(parts.reduce((sum, { udmc }) => sum + udmc, 0n)).toBe(1000n);
  expect(parts.map(({ share }) => share)).toEqual([0.4, 0.008, 0.084, 0.008, 0.3, 0.2]);
  expect(parts.map(({ before }) => before)).toEqual([0, 0.4, 0.408, 0.492, 0.5, 0.8]);
  expect(costOf(money)).toBe(500n);
});
