import type { Batch, Job } from '@dmcn/chain-client';
import { batchRange } from '@dmcn/protocol';
import { UnitAbandonedError, type UnitResult } from '@dmcn/runtime';
import type { UnitExecutor } from './ports.js';
import type { TaskSource } from './task-source.js';

export interface ComputeOptions {
  readonly attempts: number;
  readonly signal: AbortSignal;
  readonly onUnit?: (done: number) => void;
}

/**
 * Runs all units of a batch, one after the other.
 * @throws InputMissingError; UnitAbandonedError where this host could not finish a unit in any of its attempts
 */
export async function computeBatch(
  job: Job,
  batch: Batch,
  source: TaskSource,
  executor: UnitExecutor,
  { attempts, signal, onUnit }: ComputeOptions,
): Promise<UnitResult[]> {
  const module = await source.module(job);
  const { firstUnit, length } = batchRange(job.spec, batch.index);
  const results: UnitResult[] = [];
  for (let unit = firstUnit; unit < firstUnit + length; unit += 1) {
    const request = {
      module,
      signal,
      input: await source.input(job, unit, signal),
      unit,
      args: job.spec.args,
      gasLimit: job.spec.gasLimit,
      memoryLimit: Number(job.spec.memoryLimit),
    };
    results.push(await retryAbandoned(attempts, signal, () => executor.run(request)));
    onUnit?.(results.length);
  }
  return results;
}

async function retryAbandoned<T>(attempts: number, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UnitAbandonedError) || attempt >= attempts) throw error;
    }
  }
}
