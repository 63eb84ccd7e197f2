import type { BatchState, JobState } from '../api/types.js';
import { type Phase, phaseOf } from './phases.js';

export interface KnownBatch {
  readonly index: number;
  readonly state: BatchState;
}

interface Shape {
  readonly state: JobState;
  readonly unitCount: number;
  readonly batchSize: number;
  readonly batchCount: number;
  readonly liveBatches: number;
  readonly finalBatches: number;
  readonly endedBatches: number;
}

/** Cells of a picture of all units: `each` units a cell, all alike unless `exact`. */
export interface UnitCells {
  readonly phases: readonly Phase[];
  readonly each: number;
  /** A cell's place is its units' place in the job; otherwise cells are in order of how far they are. */
  readonly exact: boolean;
}

/**
 * How far each unit of a job is. Where every drawn batch is known and there are at most `most` units, a cell is a unit, in its
 * place; in larger jobs a cell stands for many, and as many cells have a phase as its batches have a share.
 */
export function unitCells(job: Shape, known: readonly KnownBatch[], most: number): UnitCells {
  const undrawn: Phase = job.state === 'Expired' ? 'ended' : job.state === 'Settled' ? 4 : 0;
  if (job.unitCount <= most && job.batchCount <= 100) {
    const phases = new Array<Phase>(job.unitCount).fill(undrawn);
    for (const { index, state } of known) {
      phases.fill(
        phaseOf(state),
        index * job.batchSize,
        Math.min(job.unitCount, (index + 1) * job.batchSize),
      );
    }
    return { phases, each: 1, exact: true };
  }
  const each = Math.ceil(job.unitCount / most);
  const cells = Math.ceil(job.unitCount / each);
  const until = (batches: number) => Math.floor((batches / job.batchCount) * cells);
  const paid = until(job.finalBatches);
  const ended = until(job.finalBatches + job.endedBatches);
  const live = until(job.finalBatches + job.endedBatches + job.liveBatches);
  const phases = Array.from(
    { length: cells },
    (_, i): Phase => (i < paid ? 4 : i < ended ? 'ended' : i < live ? 2 : undrawn),
  );
  return { phases, each, exact: false };
}
