import { type Batch, BlockUnavailableError, type ChainClient, type Job } from '@dmcn/chain-client';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectJob } from './collect.js';
import { manifestOf, payByUnit } from './manifest.js';
import type { RequesterIdentity } from './ports.js';

test('property: the parts of the units add up to the pay of the batch', () => {
  const gas = fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), { minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(gas, fc.bigInt({ min: 1n, max: 10n ** 9n }), (units, ask) => {
      const total = units.reduce((sum, each) => sum + each, 0n);
      const parts = payByUnit(units, ask);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe((total * ask) / 10n ** 9n);
      expect(parts.every((part) => part >= 0n)).toBe(true);
    }),
  );
});

test('behavior: a job whose first batches were pruned keeps its sums, and says which units are unknown where its blocks are gone', async () => {
  const job = {
    id: 7n,
    state: 'Expired',
    spec: { moduleId: new Uint8Array(32), units: 7, batchSize: 2 },
    batches: 4,
    prunedBatches: 2,
    funded: 100n,
    paid: 60n,
    royalties: 6n,
    fees: 4n,
    audits: 5n,
    refunded: 25n,
  } as Job;
  const kept = { jobId: 7n, index: 2, units: 2, epoch: 0, state: 'Ended' } as Batch;
  const chain = {
    status: async () => ({ height: 900 }),
    job: async () => job,
    batches: async () => ({ items: [kept] }),
    blocks: async function* () {
      yield* [];
      throw new BlockUnavailableError(3, 500, 900);
    },
  } as unknown as ChainClient;
  const collected = await collectJob(
    7n,
    {} as RequesterIdentity,
    { chain, blobsAt: () => expect.unreachable('nothing is left to fetch') },
    { onOutput: async () => {}, onEvent: () => {}, signal: new AbortController().signal },
  );
  expect(collected.pruned).toEqual([0, 1, 2, 3]);
  expect(collected.missing).toEqual([]);
  const { units, ...sums } = manifestOf(collected, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  expect(sums).toMatchObject({
    jobId: '7',
    funded: '100',
    paid: '60',
    royalty: '6',
    fee: '4',
    audits: '5',
    refunded: '25',
  });
  expect(units.map(({ name, pruned }) => (pruned ? `${name}?` : name)).join('')).toBe('a?b?c?d?efg');
  expect(units.every(({ status }) => status === null)).toBe(true);
});
