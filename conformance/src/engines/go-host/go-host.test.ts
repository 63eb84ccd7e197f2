import { afterAll, describe, expect, test } from 'vitest';
import type { Case } from '../../case.js';
import type { Engine } from '../engine.js';
import { goHostEngines } from './kinds.js';
import { NotInstalledError } from './programs.js';
import { CASES, caseOf, depth, recursion } from './testing/cases.js';
import { onNode } from './testing/on-node.js';

const LIMIT_MS = 180_000;

/** The engine, or why it is not here. */
const opened = await Promise.all(
  goHostEngines.map(({ name, open }) =>
    open().then(
      (engine) => ({ name, engine, missing: '' }),
      (error: unknown) => {
        if (!(error instanceof NotInstalledError)) throw error;
        return { name, engine: undefined, missing: error.message };
      },
    ),
  ),
);
for (const { name, missing } of opened) if (missing) process.stderr.write(`skipped: ${name} ${missing}\n`);

afterAll(() => Promise.all(opened.map(({ engine }) => engine?.close())));

const outcomes = (cases: readonly Case[]) => Promise.all(cases.map(onNode));

/** Outcomes under the cases' names. */
const named = (cases: readonly Case[], list: readonly unknown[]) =>
  Object.fromEntries(cases.map(({ name }, i) => [name, list[i]]));

const expected = Object.fromEntries(
  await Promise.all(Object.entries(CASES).map(async ([about, cases]) => [about, await outcomes(cases)])),
);

/** The deepest recursion that the stack counter accepts, and one call more. */
const deepest = await Promise.all(
  [recursion('i32', 0, 0), recursion('i64', 480, 0), recursion('f64', 20, 200)].map(async (module, i) => {
    const at = (calls: number) => caseOf(`${i}: ${calls} calls`, module, { input: depth(calls) });
    const fits = async (calls: number) => (await outcomes([at(calls)]))[0];
    let [low, high] = [0, 16_384];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const outcome = await fits(middle);
      if (outcome?.kind === 'result' && outcome.status === 'OK') low = middle;
      else high = middle;
    }
    return [at(low), at(high)];
  }),
);

describe.each(opened)('$name', ({ engine, missing }) => {
  test.runIf(process.env.CI)('is here', () => expect(missing).toBe(''));

  const on = (cases: readonly Case[]) => (engine as Engine).run(cases);

  test.skipIf(!engine).each(Object.entries(CASES))(
    'agrees with Node: %s',
    async (about, cases) => {
      expect(named(cases, await on(cases))).toEqual(named(cases, expected[about] ?? []));
    },
    LIMIT_MS,
  );

  test.skipIf(!engine)(
    'the profile ends the deepest recursion, never the engine',
    async () => {
      const cases = deepest.flat();
      const statuses = (await on(cases)).map((outcome) => outcome.kind === 'result' && outcome.status);
      expect(statuses).toEqual(deepest.flatMap(() => ['OK', 'STACK_OVERFLOW']));
    },
    LIMIT_MS,
  );
});
