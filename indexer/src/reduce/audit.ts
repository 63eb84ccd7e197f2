import { UnknownValueError } from '../errors.js';
import { put, set } from '../model/change.js';
import { must } from '../model/state.js';
import { putJob } from './job.js';
import type { Reducer } from './reducer.js';

export const batchSelected: Reducer<'BatchSelected'> = (_state, { height: seedHeight, ...selection }, at) => [
  put('selections', {
    ...selection,
    seedHeight,
    height: at.height,
    released: null,
  }),
];

export const auditsReleased: Reducer<'AuditsReleased'> = (state, { jobId, batch, epoch, released }) => {
  const selection = must(state, 'selections', jobId, batch, epoch);
  return [set('selections', selection, { released: (selection.released ?? 0n) + released })];
};

export const auditStateChanged: Reducer<'AuditStateChanged'> = (state, { audit, worker }, at) => {
  const { jobId, batch, epoch, index: place } = audit;
  const before = state.get('audits', jobId, batch, epoch, place);
  return [
    put('audits', {
      jobId,
      batch,
      epoch,
      place,
      state: audit.state,
      worker,
      units: audit.units,
      round: audit.round,
      auditor: audit.auditor ?? null,
      ask: audit.ask,
      deadline: audit.deadline,
      deposit: audit.deposit,
      postedHeight: audit.postedHeight > 0 ? audit.postedHeight : null,
      differing: audit.differing,
      fee: before?.fee ?? null,
      feeSource: before?.feeSource ?? null,
      changedHeight: at.height,
      endedHeight: null,
      lost: false,
    }),
  ];
};

export const auditPaid: Reducer<'AuditPaid'> = (state, { jobId, batch, epoch, index, fee, source }) => {
  const paid = set('audits', must(state, 'audits', jobId, batch, epoch, index), { fee, feeSource: source });
  if (source !== 'escrow') return [paid];
  const job = must(state, 'jobs', jobId);
  return [paid, ...putJob(state, job, { ...job, audits: job.audits + fee, remaining: job.remaining - fee })];
};

export const auditEnded: Reducer<'AuditEnded'> = (state, { jobId, batch, epoch, index, lost }, at) => [
  set('audits', must(state, 'audits', jobId, batch, epoch, index), { endedHeight: at.height, lost }),
];

export const withheldStateChanged: Reducer<'WithheldStateChanged'> = (state, change, at) => {
  const { jobId, batch, epoch, newState } = change;
  if (newState === undefined) throw new UnknownValueError('WithheldStateChanged', 'new state');
  const over = newState === 'Ended';
  return [
    put('withheld', {
      jobId,
      batch,
      epoch,
      worker: change.worker,
      state: newState,
      deadline: change.deadline,
      bond: change.bond,
      height: state.get('withheld', jobId, batch, epoch)?.height ?? at.height,
      endedHeight: over ? at.height : null,
      endCause: over ? change.cause : null,
    }),
  ];
};
