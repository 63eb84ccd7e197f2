import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withPart } from '../page.js';
import { thisMachine } from '../report.js';
import type { Samples } from './measure.js';
import { partOf } from './page.js';
import type { Density } from './replay-blocks.js';
import { resultsOf } from './results.js';

const samples = (indexer: number): Samples => ({
  indexer: [indexer],
  typed: [2_000],
  parsed: [1_000],
  json: [500],
  sink: [8_000],
  sinkFed: [4_000],
  'subql-bulk': [40_000],
  'subql-events': [80_000],
});

const all = new Map<Density, Samples>([
  [0, { indexer: [1_000], typed: [1_000], parsed: [1_000], json: [1_000] }],
  [10, samples(4_000)],
  [200, samples(2_000)],
]);

const report = {
  name: 'indexer',
  machine: thisMachine(),
  versions: {},
  settings: { rounds: 1 },
  results: resultsOf(all),
};

test('each ratio stands first with its worst density, then with each', () => {
  const lines = partOf(report, true).split('\n');
  const row = (metric: string) => lines.find((line) => line.startsWith(`| \`${metric}\``)) ?? '';
  expect(row('vs_subql')).toMatch(/ \| 10 \| 10 to 10 \| at least 10 \|$/);
  expect(row('vs_subql_200')).toContain('| 200 events a block | 20 |');
  expect(row('vs_fetch_parse_floor')).toMatch(/ \| 4 \| 4 to 4 \| at most 2 \|$/);
  expect(row('vs_fetch_parse_floor_0')).toContain('| empty blocks | 1 |');
  expect(lines).toContain('| sink | - | 8 | 8 |');
  expect(lines).toContain('A `--quick` run:');
});

test('the page has the part', () => {
  const page = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
  const written = withPart(page, 'indexer', partOf(report, false));
  expect(written).toContain('A full run:');
  expect(written.slice(written.indexOf('## GraphQL'))).toBe(page.slice(page.indexOf('## GraphQL')));
});
