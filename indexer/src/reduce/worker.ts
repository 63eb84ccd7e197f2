import type { Worker, WorkerStatus } from '@dmcn/chain-client';
import { UnknownValueError } from '../errors.js';
import { type Change, put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';

type WorkerRow = Rows['workers'];

const active = (status: WorkerStatus) => (status === 'Active' ? 1n : 0n);

/** Moves a worker's row, and the chain-wide sums by the difference. */
const setWorker = (state: State, before: WorkerRow, columns: Partial<WorkerRow>): readonly Change[] => {
  const { status = before.status, lots = before.lots, bond = before.bond, locked = before.locked } = columns;
  return [
    set('workers', before, columns),
    tally(state, {
      activeWorkers: active(status) - active(before.status),
      lots: BigInt(lots - before.lots),
      bonded: bond - before.bond,
      locked: locked - before.locked,
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
    put('workers', row),
    tally(state, {
      workers: 1n,
      activeWorkers: active(row.status),
      lots: BigInt(row.lots),
      bonded: row.bond,
      locked: row.locked,
    }),
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

export const workerUpdated: Reducer<'WorkerUpdated'> = (state, { worker }) =>
  setWorker(state, must(state, 'workers', worker.owner), columnsOf(worker));

export const workerStatusChanged: Reducer<'WorkerStatusChanged'> = (
  state,
  { owner, newStatus, jailUntil },
) => {
  if (newStatus === undefined) throw new UnknownValueError('WorkerStatusChanged', 'new status');
  return setWorker(state, must(state, 'workers', owner), { status: newStatus, jailUntil });
};

export const bondChanged: Reducer<'BondChanged'> = (state, change, at) => {
  const { owner, newBond, newLocked, lots } = change;
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
    ...setWorker(state, must(state, 'workers', owner), { bond: newBond, locked: newLocked, lots }),
  ];
};

export const loadChanged: Reducer<'LoadChanged'> = (state, { owner, newLoad }) => [
  set('workers', must(state, 'workers', owner), { load: newLoad }),
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
    set('workers', must(state, 'workers', owner), {
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
    set('workers', worker, { lapses: worker.lapses + 1 }),
  ];
};

export const lapseDeferred: Reducer<'LapseDeferred'> = (state, { lapse }) => [
  set('lapses', must(state, 'lapses', lapse.id), { releaseHeight: lapse.releaseHeight }),
];

export const lapseReleased: Reducer<'LapseReleased'> = (state, { lapse }, at) => [
  set('lapses', must(state, 'lapses', lapse.id), { releasedHeight: at.height }),
];

export const standingChanged: Reducer<'StandingChanged'> = (state, { owner, newStanding, newFrauds }) => [
  set('workers', must(state, 'workers', owner), { standing: newStanding, frauds: newFrauds }),
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
