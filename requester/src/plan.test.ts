import type { TaskParams } from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import { prepareInputs } from './inputs.js';
import { type JobChoices, planJob } from './plan.js';

const inputs = prepareInputs([{ name: 'a', bytes: new Uint8Array() }]);
const plan = (choices: JobChoices, params: Partial<TaskParams> = {}) =>
  planJob(choices, {
    moduleId: new Uint8Array(32),
    inputs,
    locators: ['http://b'],
    encryptionKey: new Uint8Array(32),
    params: { minPrice: 1n, maxDeadline: 100_000, ...params } as TaskParams,
    height: 50,
  });

test('defaults are those that the documentation names', () => {
  expect(plan({})).toMatchObject({
    units: 1,
    batchSize: 32,
    gasLimit: 2_000_000_000n,
    memoryLimit: 67_108_864n,
    maxPrice: 2_000n,
    mode: 'public',
    assurance: { auditBps: 2_000, auditors: 1, samples: 2 },
    deadline: 14_450,
  });
});

test('a small batch is sampled once', () => {
  expect(plan({ batchSize: 15 }).assurance.samples).toBe(1);
  expect(plan({ batchSize: 16 }).assurance.samples).toBe(2);
});

test('the network’s bounds move the defaults but not the choices', () => {
  expect(plan({}, { minPrice: 5_000n, maxDeadline: 10 })).toMatchObject({ maxPrice: 5_000n, deadline: 60 });
  expect(plan({ maxPrice: 7n, deadlineBlocks: 99 }, { minPrice: 5_000n, maxDeadline: 10 })).toMatchObject({
    maxPrice: 7n,
    deadline: 149,
  });
});
