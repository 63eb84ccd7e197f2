import type { Batch, Job } from '@dmcn/chain-client';
import { UnitAbandonedError, type UnitResult } from '@dmcn/runtime';
import { describe, expect, test } from 'vitest';
import { computeBatch } from './compute.js';
import type { UnitExecutor } from './ports.js';

const job = {
  id: 1n,
  spec: { units: 11, batchSize: 4, args: ['a'], gasLimit: 9n, memoryLimit: 65_536n },
} as unknown as Job;
const batch = { index: 2, units: 3 } as unknown as Batch;
const source = {
  module: async () => Uint8Array.of(1),
  input: async (_: Job, unit: number) => Uint8Array.of(unit),
};
const echo = async ({ input }: { input: Uint8Array }): Promise<UnitResult> => ({
  status: 'OK',
  statusCode: 0,
  exitCode: 0,
  gas: 1n,
  output: input,
});
const options = { attempts: 3, signal: new AbortController().signal };

describe('computeBatch', () => {
  test('units are counted over the whole job', async () => {
    const units: number[] = [];
    const executor: UnitExecutor = {
      run: (request) => {
        units.push(request.unit);
        return echo(request);
      },
    };
    const results = await computeBatch(job, batch, source, executor, options);
    expect(units).toEqual([8, 9, 10]);
    expect(results.map(({ output }) => output[0])).toEqual([8, 9, 10]);
  });

  test('a unit that the host could not finish is tried again, and the batch fails after the last attempt', async () => {
    let failures = 2;
    const executor: UnitExecutor = {
      run: async (request) => {
        if (failures-- > 0) throw new UnitAbandonedError('crash', 'it is a test');
        return echo(request);
      },
    };
    expect(await computeBatch(job, batch, source, executor, options)).toHaveLength(3);
    failures = 3;
    await expect(computeBatch(job, batch, source, executor, options)).rejects.toThrow(UnitAbandonedError);
  });

  test('an abort ends it between units', async () => {
    const controller = new AbortController();
    const executor: UnitExecutor = {
      run: (request) => {
        controller.abort(new Error('enough'));
        return echo(request);
      },
    };
    const aborted = { attempts: 3, signal: controller.signal };
    await expect(computeBatch(job, batch, source, executor, aborted)).rejects.toThrow('enough');
  });
});
