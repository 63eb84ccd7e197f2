import { checkNumber } from './bytes.js';

/** The largest number of units of a job. */
export const MAX_UNITS = 2 ** 20;
/** The largest number of units of a batch. */
export const MAX_BATCH_SIZE = 64;
export const DEFAULT_BATCH_SIZE = 32;

/** How a job is cut into batches: N units, at most `batchSize` (n) of them a batch. */
export interface JobShape {
  readonly units: number;
  readonly batchSize: number;
}

/** The units of one batch, counted over the whole job. */
export interface BatchRange {
  readonly firstUnit: number;
  /** The batch's real length n_b; the last batch may be shorter than the others. */
  readonly length: number;
}

/** Where a unit stands: its batch, and its position in that batch's tree. */
export interface UnitPlace {
  readonly batch: number;
  readonly position: number;
}

/** ceil(N/n). Throws NumberRangeError for a shape that no job may have. */
export function batchCount({ units, batchSize }: JobShape): number {
  checkNumber(units, 'units', 1, MAX_UNITS);
  checkNumber(batchSize, 'batch size', 1, MAX_BATCH_SIZE);
  return Math.ceil(units / batchSize);
}

/** The units of a batch. Throws NumberRangeError for a batch that the job does not have. */
export function batchRange(job: JobShape, batch: number): BatchRange {
  checkNumber(batch, 'batch', 0, batchCount(job) - 1);
  const firstUnit = batch * job.batchSize;
  return { firstUnit, length: Math.min(job.batchSize, job.units - firstUnit) };
}

/** The place of a unit. Throws NumberRangeError for a unit that the job does not have. */
export function locateUnit(job: JobShape, unit: number): UnitPlace {
  batchCount(job);
  checkNumber(unit, 'unit', 0, job.units - 1);
  return { batch: Math.floor(unit / job.batchSize), position: unit % job.batchSize };
}
