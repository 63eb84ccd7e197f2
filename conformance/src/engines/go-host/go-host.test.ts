import { afterAll, describe, expect, test } from 'vitest';
import type { Case } from '../../case.js';
import type { Engine } from '../engine.js';
import { goHostEngines } from './kinds.js';
import { NotInstalledError } from './programs.js';
import { deepest } from './testing/deepest.js';
import { sample } from './testing/sample.js';

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

const expected = await sample();
const boundaries = await deepest();

test('every status that a run can end with is among the cases', () => {
  const statuses = new Set([...expected.keys()].map((kind) => kind.split(' ')[1]));
  for (const status of ['OK', 'EXIT', 'TRAP', 'OUT_OF_GAS', 'STACK_OVERFLOW', 'OUTPUT_LIMIT'])
    expect(statuses).toContain(status);
  expect(statuses).not.toContain('none');
});

describe.each(opened)('$name', ({ engine, missing }) => {
  test.runIf(process.env.CI)('is here', () => expect(missing).toBe(''));

  const on = (cases: readonly Case[]) => (engine as Engine).run(cases);

  test.skipIf(!engine).each([...expected])(
    'agrees with Node: %s',
    async (_, list) => {
      const outcomes = await on(list.map((each) => each.case));
      expect(list.map((each, i) => ({ case: each.case.name, outcome: outcomes[i] }))).toEqual(
        list.map(({ case: { name }, outcome }) => ({ case: name, outcome })),
      );
    },
    LIMIT_MS,
  );

  test.skipIf(!engine)(
    'the profile ends the deepest recursion, never the engine',
    async () => {
      const outcomes = await on(boundaries.flat());
      const statuses = outcomes.map((outcome) => outcome.kind === 'result' && outcome.status);
      expect(statuses).toEqual(boundaries.flatMap(() => ['OK', 'STACK_OVERFLOW']));
    },
    LIMIT_MS,
  );
});
