import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Case } from '../../case.js';
import { findDifferences, formatDifference } from '../../compare/difference.js';
import { type OpenEngines, openEngines } from '../open-engines.js';
import { javascriptEngines } from './kinds.js';

function fixture(name: string, rest: Partial<Case> = {}): Case {
  const module = new Uint8Array(
    readFileSync(new URL(`../../../../runtime/fixtures/${name}.wasm`, import.meta.url)),
  );
  const input = new TextEncoder().encode('one word, another wörd');
  const request = { input, args: ['ä', '--x'], unit: 7, gasLimit: 10n ** 9n, memoryLimit: 2 ** 26 };
  return { name, module, ...request, ...rest };
}

const cases = [
  ...['floats', 'memory', 'preview1', 'recursion', 'words'].map((name) => fixture(name)),
  fixture('words', { name: 'out of gas', gasLimit: 110_000n }),
  fixture('words', { name: 'no module', module: new Uint8Array(5) }),
];

let open: OpenEngines;
beforeAll(async () => {
  open = await openEngines(javascriptEngines);
  for (const why of open.missing) process.stderr.write(`SKIPPED: an engine is missing: ${why}\n`);
});
afterAll(() => open.close());

test.runIf(process.env.CI)('no engine is missing', () => {
  expect(open.missing).toEqual([]);
});

test('programs end alike on every engine, and each engine rewrites them to the same bytes', async () => {
  const columns = await Promise.all(
    open.engines.map(async (engine) => ({ engine: engine.name, outcomes: await engine.run(cases) })),
  );
  const differences = cases.flatMap(({ name }, index) => {
    const told = columns.flatMap(({ engine, outcomes }) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [{ engine, outcome }];
    });
    expect(told).toHaveLength(open.engines.length);
    return findDifferences(name, told).map(formatDifference);
  });
  expect(differences).toEqual([]);
  const statuses = columns[0]?.outcomes.map((outcome) => outcome.kind === 'result' && outcome.status);
  expect(statuses).toEqual(['OK', 'OK', 'OK', 'EXIT', 'OK', 'OUT_OF_GAS', 'INVALID_MODULE']);
}, 60_000);
