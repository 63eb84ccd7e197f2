import type { Worker } from '@dmcn/chain-client';
import { UnknownValueError } from '../errors.js';
import { type Change, put } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';

type WorkerRow = Rows['workers'];

const sums = (worker: WorkerRow | undefined) => ({
  activeWorkers: worker?.status === 'Active' ? 1n : 0n,
  lots: BigInt(worker?.lots ?? 0),
  bonded: worker?.bond ?? 0n,
  locked: worker?.locked ?? 0n,
});

/** Replaces a worker's row and moves the chain-wide sums by the difference. */
const putWorker = (state: State, before: WorkerRow | undefined, after: WorkerRow): readonly Change[] => {
  const old = sums(before);
  const now = sums(after);
  return [
    put('workers', after),
    tally(state, {
      workers: before === undefined ? 1n : 0n,
      activeWorkers: now.activeWorkers - old.activeWorkers,
      lots: now.lots - old.lots,
      bonded: now.bonded - old.bonded,
      locked: now.locked - old.locked,
    }),
  ];
};

export const workerRegistered: Reducer<'WorkerRegistered'> = (state, { worker, reputation }, at) => {
  const row = {
    ...columnsOf(worker),
    reputation,
    lapses: 0,
    unitsPaid: 0n,
    gasPaid: 0n,
    earned: 0n,
  };
  return [
    ...putWorker(state, undefined, row),
    put('reputationHistory', {
      ...at,
      owner: row.owner,
      cause: 'register',
      oldAvailability: row.availability,
      newAvailability: row.availability,
      oldReputation: reputation,
      newReputation: reputation,
      batchesFinal: row.batchesFinal,
      missed: row.missed,
      jobId: null,
      batch: null,
      epoch: null,
    }),
    put('bondHistory', {
      ...at,
      owner: row.owner,
      cause: 'register',
      oldBond: 0n,
      newBond: row.bond,
      oldLocked: 0n,
      newLocked: row.locked,
      lots: row.lots,
    }),
  ];
};

export const workerUpdated: Reducer<'WorkerUpdated'> = (state, { worker }) => {
  const before = must(state, 'workers', worker.owner);
  return putWorker(state, before, { ...before, ...columnsOf(worker) });
};

export const workerStatusChanged: Reducer<'WorkerStatusChanged'> = (
  state,
  { owner, newStatus, jailUntil },
) => {
  if (newStatus === undefined) throw new UnknownValueError('WorkerStatusChanged', 'new status');
  const worker = must(state, 'workers', owner);
  return putWorker(state, worker, { ...worker, status: newStatus, jailUntil });
};

export const bondChanged: Reducer<'BondChanged'> = (state, change, at) => {
  const { owner, newBond, newLocked, lots } = change;
  const worker = must(state, 'workers', owner);
  return [
    put('bondHistory', {
      height: at.height,
      position: at.position,
      owner,
      cause: change.cause,
      oldBond: change.oldBond,
      newBond,
      oldLocked: change.oldLocked,
      newLocked,
      lots,
    }),
    ...putWorker(state, worker, { ...worker, bond: newBond, locked: newLocked, lots }),
  ];
};

export const loadChanged: Reducer<'LoadChanged'> = (state, { owner, newLoad }) => [
  put('workers', { ...must(state, 'workers', owner), load: newLoad }),
];

export const reputationChanged: Reducer<'ReputationChanged'> = (state, change, at) => {
  const { owner, newAvailability, newReputation, batchesFinal, missed } = change;
  // Ids count from 1: a change that is about no lease names job 0.
  const leased = change.jobId !== 0n;
  return [
    put('reputationHistory', {
      height: at.height,
      position: at.position,
      owner,
      cause: change.cause,
      oldAvailability: change.oldAvailability,
      newAvailability,
      oldReputation: change.oldReputation,
      newReputation,
      batchesFinal,
      missed,
      jobId: leased ? change.jobId : null,
      batch: leased ? change.batch : null,
      epoch: leased ? change.epoch : null,
    }),
    put('workers', {
      ...must(state, 'workers', owner),
      availability: newAvailability,
      reputation: newReputation,
      batchesFinal,
      missed,
    }),
  ];
};

export const lapsed: Reducer<'Lapsed'> = (state, { lapse }) => {
  const worker = must(state, 'workers', lapse.owner);
  return [
    put('lapses', { ...lapse, releasedHeight: null }),
    put('workers', { ...worker, lapses: worker.lapses + 1 }),
  ];
};

export const lapseDeferred: Reducer<'LapseDeferred'> = (state, { lapse }) => [
  put('lapses', { ...must(state, 'lapses', lapse.id), releaseHeight: lapse.releaseHeight }),
];

export const lapseReleased: Reducer<'LapseReleased'> = (state, { lapse }, at) => [
  put('lapses', { ...must(state, 'lapses', lapse.id), releasedHeight: at.height }),
];

export const standingChanged: Reducer<'StandingChanged'> = (state, { owner, newStanding, newFrauds }) => [
  put('workers', { ...must(state, 'workers', owner), standing: newStanding, frauds: newFrauds }),
];

const columnsOf = (worker: Worker) => ({
  owner: worker.owner,
  operator: worker.operator,
  encryptionKey: hex(worker.encryptionKey),
  ask: worker.ask,
  rate: worker.rate,
  memory: worker.memory,
  features: worker.features,
  modules: worker.modules.map(hex),
  maxGasLimit: worker.maxGasLimit,
  status: worker.status,
  bond: worker.bond,
  locked: worker.locked,
  lots: worker.lots,
  availability: worker.availability,
  batchesFinal: worker.batchesFinal,
  load: worker.load,
  missed: worker.missed,
  registeredHeight: worker.registeredHeight,
  standing: worker.standing,
  frauds: worker.frauds,
  jailUntil: worker.jailUntil,
});
