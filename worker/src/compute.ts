import type { Batch, Job } from '@dmcn/chain-client';
import { batchRange } from '@dmcn/protocol';
import { UnitAbandonedError, type UnitResult } from '@dmcn/runtime';
import type { UnitExecutor } from './ports.js';
import type { TaskSource } from './task-source.js';

export interface ComputeOptions {
  readonly attempts: number;
  readonly signal: AbortSignal;
  /** Results from before, by position in the batch. */
  readonly known?: ReadonlyMap<number, UnitResult>;
  /** Before each unit is run, with the number of those that are done. */
  readonly onWorking?: (done: number) => void;
  /** After each unit, and waited for. */
  readonly onResult?: (position: number, result: UnitResult) => Promise<void>;
}

/**
 * Runs the units of a batch whose results are not known, one after the other, and returns the results of all.
 * @throws InputMissingError; UnitAbandonedError where this host could not finish a unit in any of its attempts
 */
export async function computeBatch(
  job: Job,
  batch: Batch,
  source: Pick<TaskSource, 'module' | 'input'>,
  executor: UnitExecutor,
  { attempts, signal, known, onWorking, onResult }: ComputeOptions,
): Promise<UnitResult[]> {
  const module = await source.module(job);
  const { firstUnit, length } = batchRange(job.spec, batch.index);
  const results: UnitResult[] = [];
  for (let position = 0; position < length; position += 1) {
    const before = known?.get(position);
    if (before !== undefined) {
      results.push(before);
      continue;
    }
    const unit = firstUnit + position;
    const request = await unitRequest(job, unit, source, signal);
    onWorking?.(results.length);
    const result = await retryAbandoned(attempts, signal, () => executor.run({ ...request, module }));
    await onResult?.(position, result);
    results.push(result);
  }
  onWorking?.(results.length);
  return results;
}

/** What a unit is run with, beside its module. @throws InputMissingError */
export const unitRequest = async (
  job: Job,
  unit: number,
  source: Pick<TaskSource, 'input'>,
  signal: AbortSignal,
) => ({
  signal,
  input: await source.input(job, unit, signal),
  unit,
  args: job.spec.args,
  gasLimit: job.spec.gasLimit,
  memoryLimit: Number(job.spec.memoryLimit),
});

/** The result of a run that the host may abandon, tried again some times. */
export async function retryAbandoned<T>(
  attempts: number,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UnitAbandonedError) || attempt >= attempts) throw error;
    }
  }
}
