import { type Change, put, remove, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';

interface BatchUnits {
  readonly jobId: bigint;
  readonly batch: number;
  readonly units: number;
}

const numbersOf = (state: State, { jobId, batch, units }: BatchUnits): readonly number[] => {
  const first = batch * must(state, 'jobs', jobId).batchSize;
  return Array.from({ length: units }, (_, i) => first + i);
};

export const batchOpened: Reducer<'BatchOpened'> = (state, opening, at) => {
  const { jobId, batch, epoch, worker, opener, gasTotal, leaves } = opening;
  const lease = must(state, 'leases', jobId, batch, epoch);
  const opened = { ...lease, openedHeight: at.height, opener, root: hex(opening.root), gasTotal };
  const outcomes = leaves.map(({ unit, status, exitCode, gas, outputHash }) =>
    put('units', {
      jobId,
      unit,
      batch,
      epoch,
      status,
      exitCode,
      gas,
      outputHash: hex(outputHash),
      worker,
      paid: false,
    }),
  );
  return [put('leases', opened), ...outcomes];
};

/** Takes back the outcomes of a batch that has to be done again. */
export const withdrawUnits = (state: State, batch: BatchUnits): readonly Change[] =>
  numbersOf(state, batch)
    .filter((unit) => state.get('units', batch.jobId, unit) !== undefined)
    .map((unit) => remove('units', batch.jobId, unit));

/** Marks the outcomes of a batch as paid. */
export const payUnits = (state: State, batch: BatchUnits): readonly Change[] =>
  numbersOf(state, batch).map((unit) =>
    set('units', must(state, 'units', batch.jobId, unit), { paid: true }),
  );
