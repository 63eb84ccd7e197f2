import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatDifference } from '../compare/difference.js';
import { runDifferential } from '../compare/differential.js';
import { ENGINE_KINDS } from '../engines/kinds.js';
import { type OpenEngines, openEngines } from '../engines/open-engines.js';
import { randomCases } from './random-cases.js';
import { CHUNK_SIZE } from './random-set.js';

const MODULES = 2_000;

/** Slow engines take every so many-th module here; all of them in `npm run conformance`. */
const EVERY: Readonly<Record<string, number>> = { 'wazero-interpreter': 4, 'wazero-arm64': 8 };

let open: OpenEngines;
beforeAll(async () => {
  open = await openEngines(ENGINE_KINDS);
  for (const why of open.missing) process.stderr.write(`SKIPPED: an engine is missing: ${why}\n`);
}, 600_000);
afterAll(() => open.close());

test.runIf(process.env.CI)('no engine is missing', () => {
  expect(open.missing).toEqual([]);
});

test(`${MODULES} random modules end alike on every engine, in every way that a program can end`, async () => {
  const contenders = open.engines.map((engine) => ({ engine, every: EVERY[engine.name] ?? 1 }));
  const statuses = new Set<string>();
  const differences: string[] = [];
  const options = { chunkSize: CHUNK_SIZE };
  for await (const { cases } of runDifferential(randomCases(0, MODULES), contenders, options)) {
    for (const { reference, differences: found } of cases) {
      statuses.add(reference.kind === 'none' ? 'none' : reference.status);
      differences.push(...found.map(formatDifference));
    }
  }
  expect(differences, 'npm run conformance -- random minimises them').toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining(['OK', 'TRAP', 'OUT_OF_GAS', 'STACK_OVERFLOW']));
}, 600_000);
