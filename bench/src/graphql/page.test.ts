import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withPart } from '../page.js';
import type { Report } from '../report.js';
import { contenders } from './contenders.js';
import { operationNames } from './operations.js';
import { partOf } from './page.js';

const metrics = [
  ...['cached_vs_http', 'uncached_vs_yoga_apollo', 'uncached_vs_yoga', 'uncached_vs_apollo'],
  ...['uncached_vs_mercurius', 'uncached_vs_mercurius_jit', 'uncached_vs_http_sql'],
  ...['backfill_p99_over_rest', 'list_p95_ms', 'subscription_ms'],
  ...operationNames.flatMap((name) => contenders.map((each) => `${name}_${each}_cpu`)),
];
const report = (names: readonly string[]): Report => ({
  name: 'graphql',
  machine: { cpu: 'slow', cores: 2, memoryGiB: 8, system: 'Linux 6' },
  versions: { node: 'v20' },
  settings: { rounds: 3 },
  results: names.map((metric, i) => ({
    metric,
    value: 1_234.567 + i,
    unit: metric.endsWith('_ms') ? 'ms' : 'x',
    low: 0.5,
    high: 2,
    goal: i === 0 ? 0.8 : null,
    ...(i === 0 && { sense: 'least' as const }),
  })),
});

test('every metric has its row, with its goal, and every server its line', () => {
  const text = partOf(report(metrics), true);
  expect(text).toContain('| `cached_vs_http` | CPU a request');
  expect(text).toContain('| 1,235 | 0.5 to 2 | at least 0.8 |');
  expect(text).toMatch(/\| `list_p95_ms` \|.* ms \|/);
  for (const each of contenders) expect(text).toMatch(new RegExp(`^\\| ${each} \\|( [\\d,.]+ \\|){4}$`, 'm'));
  expect(text).toContain('A `--quick` run:\n- rounds: 3');
});

test('error: a report that lacks a metric', () => {
  expect(() => partOf(report(metrics.slice(1)), false)).toThrow(/has not measured cached_vs_http/);
});

test('the page has the part, and nothing else of it is touched', () => {
  const page = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
  const once = withPart(page, 'graphql', 'one');
  expect(withPart(once, 'graphql', 'two')).toBe(once.replace('\none\n', '\ntwo\n'));
  expect(once.startsWith(page.slice(0, page.indexOf('## GraphQL')))).toBe(true);
  expect(() => withPart(page, 'nothing', 'x')).toThrow(RangeError);
});
