import type { JobState, Module } from '@dmcn/chain-client';
import { bytes32, type Network, type NetworkJob } from './network.js';

export const storeModule = (net: Network, n: number): Module => {
  const id = bytes32('module', n);
  const module = {
    id,
    author: `dmcn1author${n}`,
    size: 1_000 + n,
    royaltyBps: (n % 3) * 500,
    deposit: 1_000n,
    height: net.height,
    name: `module ${n}`,
  };
  net.modules.set(Buffer.from(id).toString('hex'), module);
  net.emit('ModuleStored', { module });
  return module;
};

export const removeModule = (net: Network, module: Module): void => {
  net.removedModules.add(Buffer.from(module.id).toString('hex'));
  net.emit('ModuleRemoved', { moduleId: module.id, author: module.author });
};

/** Submits a job of so many units in batches of so many. */
export const submitJob = (net: Network, module: Module, units: number, batchSize: number): NetworkJob => {
  const id = BigInt(net.jobs.size + 1);
  const funded = BigInt(units) * 1_000_000n;
  const job: NetworkJob = {
    id,
    requester: `dmcn1requester${id % 3n}`,
    spec: {
      moduleId: module.id,
      args: ['--digits', `${id}`],
      units,
      inputRoot: bytes32('root', id),
      inputIndex: bytes32('index', id),
      batchSize,
      gasLimit: 2_000_000_000n,
      memoryLimit: 64n * 2n ** 20n,
      maxPrice: 10n ** 20n,
      assurance: { auditBps: 2_000, auditors: 1, samples: 2 },
      mode: 'public',
      locators: ['http://127.0.0.1:4001'],
      encryptionKey: bytes32('requester', id),
      deadline: net.height + 500,
      features: [],
    },
    state: 'Open',
    royaltyBps: module.royaltyBps,
    feeBps: 200,
    author: module.author,
    auditFloor: 10n,
    batches: Math.ceil(units / batchSize),
    nextBatch: 0,
    liveBatches: 0,
    finalBatches: 0,
    endedBatches: 0,
    funded,
    paid: 0n,
    royalties: 0n,
    fees: 0n,
    audits: 0n,
    refunded: 0n,
    remaining: funded,
    submittedHeight: net.height,
    settledHeight: 0,
    missingReporters: [],
    cancelled: false,
    prunedBatches: 0,
    prunedHeight: 0,
  };
  net.jobs.set(id, job);
  net.emit('JobSubmitted', { job });
  return job;
};

const changeState = (net: Network, job: NetworkJob, state: JobState, cause: string): void => {
  net.emit('JobStateChanged', { jobId: job.id, oldState: job.state, newState: state, cause });
  job.state = state;
};

export const reportMissingInput = (
  net: Network,
  job: NetworkJob,
  lease: { readonly batch: number; readonly epoch: number; readonly unit: number; readonly worker: string },
): void => {
  net.emit('InputMissing', { jobId: job.id, ...lease });
  job.missingReporters = [...new Set([...job.missingReporters, lease.worker])];
  if (job.missingReporters.length === 3 && job.state === 'Open')
    changeState(net, job, 'Suspended', 'missing_inputs');
};

export const confirmInputs = (net: Network, job: NetworkJob): void => {
  job.missingReporters = [];
  job.spec = { ...job.spec, locators: [`http://127.0.0.1:${net.height}`] };
  net.emit('InputsConfirmed', { jobId: job.id, locators: job.spec.locators });
  if (job.state === 'Suspended') changeState(net, job, 'Open', 'inputs_confirmed');
};

export const cancelJob = (net: Network, job: NetworkJob): void => {
  job.cancelled = true;
  net.emit('JobCancelled', { jobId: job.id });
};

/** Refunds what is left once nothing of the job goes on any more. */
export const settleIfOver = (net: Network, job: NetworkJob): void => {
  const drawn = job.cancelled || job.nextBatch === job.batches;
  if (!drawn || job.liveBatches > 0 || job.settledHeight > 0) return;
  const undrawn = job.batches - job.nextBatch;
  if (undrawn > 0) net.emit('UndrawnEnded', { jobId: job.id, firstBatch: job.nextBatch, batches: undrawn });
  job.endedBatches += undrawn;
  job.nextBatch = job.batches;
  job.refunded = job.remaining;
  job.remaining = 0n;
  job.settledHeight = net.height;
  changeState(net, job, job.finalBatches === job.batches ? 'Settled' : 'Expired', 'settled');
  const { id: jobId, state, funded, paid, royalties, fees, audits, refunded } = job;
  net.emit('JobSettled', { jobId, state, funded, paid, royalties, fees, audits, refunded });
};

/** Removes the next batches of a job that is over from the chain's state; the network keeps them, as an index does. */
export const pruneBatches = (net: Network, job: NetworkJob, batches: number, done: boolean): void => {
  net.emit('BatchesPruned', { jobId: job.id, firstBatch: job.prunedBatches, batches, done });
  job.prunedBatches += batches;
  job.prunedHeight = net.height;
};
