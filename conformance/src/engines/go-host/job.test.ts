import { LIMITS, PAGE_BYTES } from '@dmcn/runtime';
import { command } from '@dmcn/runtime/testing/wat';
import { expect, test } from 'vitest';
import type { Case } from '../../case.js';
import { DEFAULTS } from '../../corpus/program.js';
import { jobOf, outcomeOf } from './job.js';
import { onNode } from './testing/on-node.js';

const three = command('', '', '3');

test.each<[string, Uint8Array, Partial<Case>]>([
  ['bytes that are no module', Uint8Array.of(1, 2, 3), {}],
  ['an instruction outside of the profile', command('(atomic.fence)'), {}],
  ['a memory that starts above the limit', three, { memoryLimit: 3 * PAGE_BYTES - 1 }],
  ['too much input', three, { input: new Uint8Array(LIMITS.inputBytes + 1) }],
  ['too many arguments', three, { args: ['x'.repeat(LIMITS.argumentBytes)] }],
  ['a unit of no job', three, { unit: -1 }],
  ['too much gas', three, { gasLimit: 2n ** 62n }],
])('no engine is asked about %s', async (name, module, request) => {
  const asked = { ...DEFAULTS, ...request, name, module };
  expect(jobOf(asked)).toEqual(await onNode(asked));
});

test('an engine is asked about a memory at the limit', () => {
  const asked = { ...DEFAULTS, name: 'at the limit', module: three, memoryLimit: 3 * PAGE_BYTES };
  expect(jobOf(asked)).toMatchObject({ fields: { pages: 3 } });
});

test('gas beyond a double is read as it is', () => {
  const line = `{"status":"TRAP","exitCode":0,"gas":"${2n ** 61n + 1n}","output":"ab"}`;
  expect(outcomeOf(line)).toMatchObject({ status: 'TRAP', gas: 2n ** 61n + 1n });
});

test.each(['', 'null', '{}', '{"status":"FINE","exitCode":0,"gas":"1","output":"ab"}'])(
  '%j is no answer',
  (line) => {
    expect(() => outcomeOf(line)).toThrow();
  },
);
