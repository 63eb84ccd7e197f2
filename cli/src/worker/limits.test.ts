import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainClient } from '@dmcn/chain-client';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { compileLimits, termsOf } from './limits.js';

const directory = mkdtempSync(join(tmpdir(), 'dmcn-limits-'));
afterAll(() => rmSync(directory, { recursive: true }));

const flags = { rate: 100_000_000n, cpu: 100 };
const chain = {
  workerParams: async () => ({ minRate: 10_000_000n }),
  status: async () => ({ height: 1, earliestHeight: 1, time: new Date() }),
} as unknown as ChainClient;

test('by default everything is allowed', async () => {
  const limits = await compileLimits(flags);
  expect(limits).toEqual({ modules: [], rate: 100_000_000n, cpu: 100, maxGasLimit: 0n });
  expect(await termsOf(limits, chain)).toEqual({ modules: [], rate: 100_000_000n, maxGasLimit: 0n });
});

test('modules are named by id or file, sorted and without repetition', async () => {
  const file = join(directory, 'program.wasm');
  writeFileSync(file, 'program');
  const id = createHash('sha256').update('program').digest('hex');
  const { modules } = await compileLimits({
    ...flags,
    module: ['f'.repeat(64), file, id.toUpperCase(), '0'.repeat(64)],
  });
  expect(modules.map((each) => Buffer.from(each).toString('hex'))).toEqual([
    '0'.repeat(64),
    id,
    'f'.repeat(64),
  ]);
});

test('a share of a core is promised, and the longest unit follows from it', async () => {
  const limits = await compileLimits({ ...flags, cpu: 50, longestUnit: 60 });
  expect(await termsOf(limits, chain)).toEqual({
    modules: [],
    rate: 50_000_000n,
    maxGasLimit: 1_000_000_000n,
  });
});

test.each([
  [{ module: ['nowhere.wasm'] }, /nowhere\.wasm is neither a file nor the id of a module/],
  [{ module: Array.from({ length: 17 }, (_, i) => i.toString(16).padStart(64, '0')) }, /--module names 17/],
  [{ longestUnit: 1, maxGasLimit: 1n }, /--longest-unit and --max-gas-limit/],
  [{ timeZone: 'UTC' }, /--time-zone is for a --schedule/],
  [{ schedule: 'Sat', timeZone: 'Mars' }, /--time-zone Mars is no time zone/],
  [{ schedule: 'at night' }, /--schedule: "at night" is no rule/],
])('wrong usage names the flag: %o', async (wrong, says) => {
  const compiled = compileLimits({ ...flags, ...wrong });
  await expect(compiled).rejects.toThrow(UsageError);
  await expect(compiled).rejects.toThrow(says);
});

test('a promise below what the chain takes is wrong usage', async () => {
  const terms = termsOf(await compileLimits({ ...flags, cpu: 9 }), chain);
  await expect(terms).rejects.toThrow(UsageError);
  await expect(terms).rejects.toThrow(/--rate 100000000 at --cpu 9 promises 9000000 gas a block.*10000000/);
});
