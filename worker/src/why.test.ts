import type { Job, Worker, WorkerParams } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { leasable, whyIdle } from './why.js';

const params: WorkerParams = {
  lot: 10n,
  maxAsk: 1_000n,
  minRate: 5n,
  maxLots: 10,
  maxLoad: 2,
  missedLimit: 3,
  leaseLockBps: 9_000,
  lapseWindow: 10,
  lapseLock: 10,
};
const worker: Worker = {
  owner: 'o',
  operator: 'p',
  encryptionKey: new Uint8Array(32),
  ask: 100n,
  rate: 10n,
  memory: 1_000n,
  features: ['gpu'],
  modules: [],
  maxGasLimit: 0n,
  status: 'Active',
  bond: 1_000n,
  locked: 0n,
  reserved: 0n,
  availability: 5_000,
  batchesFinal: 0,
  load: 0,
  missed: 0,
  registeredHeight: 1,
  lots: 100,
};
const job = (spec: object = {}, more: object = {}): Job =>
  ({
    id: 4n,
    state: 'Open',
    missingReporters: [],
    nextBatch: 0,
    batches: 2,
    liveBatches: 0,
    spec: {
      units: 8,
      batchSize: 4,
      gasLimit: 1_000_000n,
      maxPrice: 100n,
      memoryLimit: 1_000n,
      features: [],
      ...spec,
    },
    ...more,
  }) as unknown as Job;

describe('whyIdle', () => {
  test('nothing keeps a fitting worker idle', () => {
    expect(whyIdle(worker, params, [job()])).toEqual({ worker: [], jobs: [] });
  });

  test.each([
    [{ status: 'Paused' as const }, /paused/],
    [{ status: 'SetAside' as const, missed: 3 }, /missed 3 offers/],
    [{ bond: 9n }, /below one lot/],
    [{ load: 2 }, /holds 2 batches/],
    [{ rate: 4n }, /below the minimum/],
  ])('names the rule about the worker: %o', (change, reason) => {
    expect(whyIdle({ ...worker, ...change }, params, [job()]).worker.join()).toMatch(reason);
  });

  test.each([
    [job({ maxPrice: 99n }), /asks 100/],
    [job({ memoryLimit: 1_001n }), /memory/],
    [job({ features: ['gpu', 'simd'] }), /needs simd/],
    [job({ gasLimit: 1_000_000_000n }), /locks/],
    [job({}, { state: 'Suspended' }), /suspended/],
    [job({}, { missingReporters: ['o'] }), /reported an input/],
    [job({}, { nextBatch: 2 }), /drawn/],
  ])('names the rule that excludes it from a job', (open, reason) => {
    expect(whyIdle(worker, params, [open]).jobs).toEqual([
      { jobId: 4n, reason: expect.stringMatching(reason) },
    ]);
  });

  test('without an open job that is the reason', () => {
    expect(whyIdle(worker, params, [job({}, { state: 'Settled' })]).worker).toEqual([
      expect.stringMatching(/no job is open/),
    ]);
  });
});

test('leasable leaves a tenth of the bond for audits and never is negative', () => {
  expect(leasable(worker, params)).toBe(900n);
  expect(leasable({ ...worker, locked: 500n, reserved: 300n }, params)).toBe(100n);
  expect(leasable({ ...worker, locked: 950n }, params)).toBe(0n);
});
