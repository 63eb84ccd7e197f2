import type { BatchState } from '@dmcn/chain-client';
import { UnknownValueError } from '../errors.js';
import { type Change, put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { followLease } from './lease.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';
import { withdrawUnits } from './unit.js';

type BatchRow = Rows['batches'];

const held: ReadonlySet<BatchState> = new Set([
  'Offered',
  'Leased',
  'Committed',
  'AuditWait',
  'Opening',
  'Challenge',
  'Demanded',
  'Disputed',
  'Voting',
  'Fraud',
  'Final',
]);

const isHeld = (batch: BatchRow | undefined): boolean => typeof batch?.leaseEpoch === 'number';

export const batchStateChanged: Reducer<'BatchStateChanged'> = (state, change, at) => {
  const { jobId, batch, epoch, newState } = change;
  if (newState === undefined) throw new UnknownValueError('BatchStateChanged', 'new state');
  const before = state.get('batches', jobId, batch);
  const after: BatchRow = {
    jobId,
    batch,
    units: change.units,
    epoch,
    state: newState,
    deadline: change.deadline,
    leaseEpoch: held.has(newState) ? epoch : null,
    worker: held.has(newState) ? change.worker : null,
    drawnHeight: before?.drawnHeight ?? at.height,
    changedHeight: at.height,
  };
  return [
    put('batches', after),
    ...followLease(state, before, after, change.cause),
    ...(after.leaseEpoch === null && isHeld(before) ? withdrawUnits(state, after) : []),
    ...count(state, before, after),
  ];
};

const stands = (batch: BatchRow | undefined) => {
  const drawn = batch === undefined ? 0 : 1;
  const final = batch?.state === 'Final' ? 1 : 0;
  const ended = batch?.state === 'Ended' ? 1 : 0;
  const queued = batch?.state === 'Queued' ? 1 : 0;
  return { drawn, final, ended, queued, live: drawn - final - ended };
};

/** Counts of batches, of the job and of the chain. */
const count = (state: State, before: BatchRow | undefined, after: BatchRow): readonly Change[] => {
  const old = stands(before);
  const now = stands(after);
  const job = must(state, 'jobs', after.jobId);
  return [
    set('jobs', job, {
      changedHeight: after.changedHeight,
      nextBatch: Math.max(job.nextBatch, after.batch + 1),
      queuedBatches: job.queuedBatches + now.queued - old.queued,
      liveBatches: job.liveBatches + now.live - old.live,
      finalBatches: job.finalBatches + now.final - old.final,
      endedBatches: job.endedBatches + now.ended - old.ended,
    }),
    tally(state, {
      batches: BigInt(now.drawn - old.drawn),
      liveBatches: BigInt(now.live - old.live),
      finalBatches: BigInt(now.final - old.final),
      endedBatches: BigInt(now.ended - old.ended),
    }),
  ];
};
