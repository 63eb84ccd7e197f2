import type { WorkerParams } from '../../types/params.js';
import { type Lapse, type Slash, type Worker, type WorkerRule, workerRules } from '../../types/worker.js';
import type * as wire from '../gen/dmcn/worker/v1/worker.js';
import { amount, count, named } from './scalar.js';
import { slashKinds, slashRoles, workerStatuses } from './states.js';

export const toWorker = (worker: wire.Worker): Worker => ({
  owner: worker.owner,
  operator: worker.operator,
  encryptionKey: worker.encryptionKey,
  ask: amount(worker.ask),
  rate: worker.rate,
  memory: worker.memory,
  features: worker.features,
  modules: worker.modules,
  maxGasLimit: worker.maxGasLimit,
  status: named(workerStatuses.get(worker.status), 'worker status'),
  bond: amount(worker.bond),
  locked: amount(worker.locked),
  reserved: amount(worker.reserved),
  availability: worker.availability,
  batchesFinal: count(worker.batchesFinal),
  load: worker.load,
  missed: worker.missed,
  registeredHeight: count(worker.registeredHeight),
  lots: count(worker.lots),
  standing: count(worker.standing),
  frauds: worker.frauds,
  jailUntil: count(worker.jailUntil),
});

export const toWorkerRule = (rule: string): WorkerRule =>
  named(
    workerRules.find((known) => known === rule),
    'rule',
  );

export const toLapse = (lapse: wire.Lapse): Lapse => ({
  id: lapse.id,
  owner: lapse.owner,
  amount: amount(lapse.amount),
  height: count(lapse.height),
  releaseHeight: count(lapse.releaseHeight),
});

export const toSlash = (slash: wire.Slash): Slash => ({
  id: slash.id,
  kind: named(slashKinds.get(slash.kind), 'kind of slash'),
  owner: slash.owner,
  amount: amount(slash.amount),
  jobId: slash.jobId,
  batch: slash.batch,
  epoch: slash.epoch,
  height: count(slash.height),
  releaseHeight: count(slash.releaseHeight),
  shares: slash.shares.map((share) => ({
    recipient: share.recipient,
    role: named(slashRoles.get(share.role), 'role of a share'),
    amount: amount(share.amount),
  })),
});

export const toWorkerParams = (params: wire.Params): WorkerParams => ({
  lot: amount(params.lot),
  maxAsk: amount(params.maxAsk),
  minRate: params.minRate,
  maxLots: count(params.maxLots),
  maxLoad: params.maxLoad,
  missedLimit: params.missedLimit,
  leaseLockBps: params.leaseLockBps,
  lapseWindow: count(params.lapseWindow),
  lapseLock: count(params.lapseLock),
  slashHoldBlocks: count(params.slashHoldBlocks),
  jailBlocks: count(params.jailBlocks),
  slashProverBps: params.slashProverBps,
  slashRequesterBps: params.slashRequesterBps,
});
