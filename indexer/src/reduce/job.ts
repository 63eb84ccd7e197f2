import type { Job, JobState } from '@dmcn/chain-client';
import { UnknownValueError } from '../errors.js';
import { type Change, put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { hex } from './hex.js';
import { countSubmitted } from './market.js';
import type { Reducer } from './reducer.js';
import { putRequester } from './requester.js';
import { tally } from './totals.js';

type JobRow = Rows['jobs'];

const goesOn = (state: JobState): boolean => state === 'Open' || state === 'Suspended';

const sums = (job: JobRow | undefined) => ({
  openJobs: job !== undefined && goesOn(job.state) ? 1n : 0n,
  unitsPaid: BigInt(job?.unitsPaid ?? 0),
  gasPaid: job?.gasPaid ?? 0n,
  funded: job?.funded ?? 0n,
  paid: job?.paid ?? 0n,
  royalties: job?.royalties ?? 0n,
  fees: job?.fees ?? 0n,
  audits: job?.audits ?? 0n,
  refunded: job?.refunded ?? 0n,
});

/** Replaces a job's row and moves the chain-wide sums by the difference. */
export const putJob = (state: State, before: JobRow | undefined, after: JobRow): readonly Change[] => {
  const old = sums(before);
  const now = sums(after);
  return [
    put('jobs', after),
    putRequester(state, before, after),
    tally(state, {
      jobs: before === undefined ? 1n : 0n,
      openJobs: now.openJobs - old.openJobs,
      unitsPaid: now.unitsPaid - old.unitsPaid,
      gasPaid: now.gasPaid - old.gasPaid,
      funded: now.funded - old.funded,
      paid: now.paid - old.paid,
      royalties: now.royalties - old.royalties,
      fees: now.fees - old.fees,
      audits: now.audits - old.audits,
      refunded: now.refunded - old.refunded,
    }),
  ];
};

export const jobSubmitted: Reducer<'JobSubmitted'> = (state, { job }, at) => {
  const row = rowOf(job);
  const module = must(state, 'modules', row.moduleId);
  return [
    ...putJob(state, undefined, row),
    set('modules', module, { jobs: module.jobs + 1n }),
    ...countSubmitted(state, at.height, row.units),
  ];
};

export const jobStateChanged: Reducer<'JobStateChanged'> = (state, { jobId, oldState, newState }, at) => {
  if (newState === undefined) throw new UnknownValueError('JobStateChanged', 'new state');
  const comesIntoBeing = oldState === undefined && state.get('jobs', jobId) === undefined;
  if (comesIntoBeing) return [];
  const job = must(state, 'jobs', jobId);
  return putJob(state, job, { ...job, state: newState, changedHeight: at.height });
};

export const inputsConfirmed: Reducer<'InputsConfirmed'> = (state, { jobId, locators }, at) => [
  set('jobs', must(state, 'jobs', jobId), { locators, missingReporters: [], changedHeight: at.height }),
];

export const jobCancelled: Reducer<'JobCancelled'> = (state, { jobId }, at) => [
  set('jobs', must(state, 'jobs', jobId), { cancelled: true, changedHeight: at.height }),
];

export const undrawnEnded: Reducer<'UndrawnEnded'> = (state, { jobId, batches }, at) => {
  const job = must(state, 'jobs', jobId);
  const endedBatches = job.endedBatches + batches;
  return [set('jobs', job, { nextBatch: job.batches, endedBatches, changedHeight: at.height })];
};

export const jobSettled: Reducer<'JobSettled'> = (state, { jobId, state: settled, ...sums }, at) => {
  if (settled === undefined) throw new UnknownValueError('JobSettled', 'state');
  const job = must(state, 'jobs', jobId);
  return putJob(state, job, {
    ...job,
    ...sums,
    state: settled,
    remaining: 0n,
    settledHeight: at.height,
    changedHeight: at.height,
  });
};

export const batchesPruned: Reducer<'BatchesPruned'> = (state, { jobId, firstBatch, batches }, at) => [
  set('jobs', must(state, 'jobs', jobId), { prunedBatches: firstBatch + batches, prunedHeight: at.height }),
];

export const inputMissing: Reducer<'InputMissing'> = (state, { jobId, batch, epoch, unit, worker }, at) => {
  const job = must(state, 'jobs', jobId);
  const missingReporters = [...new Set([...job.missingReporters, worker])];
  return [
    put('missingInputs', { ...at, jobId, batch, epoch, unit, worker }),
    set('jobs', job, { missingReporters }),
  ];
};

const rowOf = ({ spec, ...job }: Job): JobRow => ({
  id: job.id,
  requester: job.requester,
  moduleId: hex(spec.moduleId),
  args: spec.args,
  units: spec.units,
  inputRoot: hex(spec.inputRoot),
  inputIndex: hex(spec.inputIndex),
  batchSize: spec.batchSize,
  gasLimit: spec.gasLimit,
  memoryLimit: spec.memoryLimit,
  maxPrice: spec.maxPrice,
  auditBps: spec.assurance.auditBps,
  auditors: spec.assurance.auditors,
  samples: spec.assurance.samples,
  mode: spec.mode,
  locators: spec.locators,
  encryptionKey: hex(spec.encryptionKey),
  deadline: spec.deadline,
  features: spec.features,
  state: job.state,
  royaltyBps: job.royaltyBps,
  feeBps: job.feeBps,
  author: job.author,
  auditFloor: job.auditFloor,
  batches: job.batches,
  nextBatch: job.nextBatch,
  queuedBatches: 0,
  liveBatches: job.liveBatches,
  finalBatches: job.finalBatches,
  endedBatches: job.endedBatches,
  unitsPaid: 0,
  gasPaid: 0n,
  funded: job.funded,
  paid: job.paid,
  royalties: job.royalties,
  fees: job.fees,
  audits: job.audits,
  refunded: job.refunded,
  remaining: job.remaining,
  submittedHeight: job.submittedHeight,
  settledHeight: job.settledHeight,
  changedHeight: job.submittedHeight,
  missingReporters: job.missingReporters,
  cancelled: job.cancelled,
  prunedBatches: job.prunedBatches,
  prunedHeight: job.prunedHeight,
});
