import type { BatchState, Leaf } from '@dmcn/chain-client';
import { reportMissingInput, settleIfOver } from './job-actions.js';
import { bytes32, type Network, type NetworkBatch, type NetworkJob, type NetworkWorker } from './network.js';
import { changeBond, changeLoad, changeReputation, lapse } from './worker-actions.js';

const nameOf = (jobId: bigint, index: number) => `${jobId}/${index}`;

interface Held {
  readonly job: NetworkJob;
  readonly worker: NetworkWorker;
  readonly lease: NonNullable<NetworkBatch['lease']>;
}

/** Job, lease and worker of a batch that somebody holds. */
export const heldBy = (net: Network, batch: NetworkBatch): Held => {
  const job = net.jobs.get(batch.jobId);
  const worker = net.workers.get(batch.lease?.worker ?? '');
  if (job === undefined || worker === undefined || batch.lease === undefined)
    throw new Error('nobody holds it');
  return { job, worker, lease: batch.lease };
};

export const idOf = (batch: NetworkBatch) => ({ jobId: batch.jobId, batch: batch.index, epoch: batch.epoch });

export const change = (
  net: Network,
  batch: NetworkBatch,
  state: BatchState,
  cause: string,
  created = false,
): void => {
  const over = state === 'Final' || state === 'Ended';
  batch.deadline = over ? 0 : net.height + 50;
  net.emit('BatchStateChanged', {
    ...idOf(batch),
    oldState: created ? undefined : batch.state,
    newState: state,
    cause,
    deadline: batch.deadline,
    units: batch.units,
    worker: batch.lease?.worker ?? '',
  });
  batch.state = state;
  if (!over) return;
  const job = net.jobs.get(batch.jobId);
  if (job === undefined) return;
  job.liveBatches -= 1;
  if (state === 'Final') job.finalBatches += 1;
  else job.endedBatches += 1;
};

/** Offers the job's next batch, or one that waits, to a worker. */
export const draw = (
  net: Network,
  job: NetworkJob,
  worker: NetworkWorker,
  queued?: NetworkBatch,
): NetworkBatch => {
  const index = queued?.index ?? job.nextBatch;
  const { units, batchSize } = job.spec;
  const batch: NetworkBatch = queued ?? {
    jobId: job.id,
    index,
    units: Math.min(batchSize, units - index * batchSize),
    epoch: 0,
    state: 'Queued',
    deadline: 0,
    demanded: false,
    disputes: [],
    settledUnits: [],
  };
  if (queued === undefined) {
    job.nextBatch += 1;
    job.liveBatches += 1;
    net.batches.set(nameOf(job.id, index), batch);
  }
  batch.lease = {
    worker: worker.owner,
    ask: worker.ask,
    rate: worker.rate,
    bond: BigInt(batch.units) * 100n,
    bonded: false,
    drawnHeight: net.height,
    openers: [],
  };
  delete batch.commitment;
  delete batch.opening;
  delete batch.lateOpen;
  batch.demanded = false;
  changeLoad(net, worker, 1);
  change(net, batch, 'Offered', 'draw', queued === undefined);
  net.emit('BatchOffered', {
    ...idOf(batch),
    lease: batch.lease,
    operator: worker.operator,
    deadline: batch.deadline,
  });
  return batch;
};

export const queueAgain = (net: Network, batch: NetworkBatch, cause: string, nextEpoch = true): void => {
  if (nextEpoch) batch.epoch += 1;
  const job = net.jobs.get(batch.jobId);
  change(net, batch, job?.cancelled ? 'Ended' : 'Queued', cause);
  if (job !== undefined) settleIfOver(net, job);
};

export const missOffer = (net: Network, batch: NetworkBatch): void => {
  const { worker } = heldBy(net, batch);
  changeLoad(net, worker, -1);
  changeReputation(net, worker, 'missed_offer', idOf(batch));
  queueAgain(net, batch, 'accept_timeout', false);
};

export const accept = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  batch.lease = { ...lease, bonded: true };
  changeBond(net, worker, 'lease', { locked: lease.bond });
  change(net, batch, 'Leased', 'accept');
};

export const lapseLease = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  changeLoad(net, worker, -1);
  lapse(net, worker, lease.bond);
  changeReputation(net, worker, 'lapse', idOf(batch));
  queueAgain(net, batch, 'lease_timeout');
};

export const giveBack = (net: Network, batch: NetworkBatch): void => {
  const { job, worker, lease } = heldBy(net, batch);
  changeLoad(net, worker, -1);
  changeBond(net, worker, 'unlock', { locked: -lease.bond });
  const unit = batch.index * job.spec.batchSize;
  reportMissingInput(net, job, { batch: batch.index, epoch: batch.epoch, unit, worker: worker.owner });
  queueAgain(net, batch, 'missing_input');
};

export const commit = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  if (!lease.bonded) {
    batch.lease = { ...lease, bonded: true };
    changeBond(net, worker, 'lease', { locked: lease.bond });
  }
  changeLoad(net, worker, -1);
  const outputsHash = bytes32('outputs', batch.jobId, batch.index, batch.epoch);
  const commitment = bytes32('commitment', batch.jobId, batch.index, batch.epoch);
  batch.commitment = { commitment, outputsHash, height: net.height, liveTarget: net.height + 4, auditBps: 0 };
  change(net, batch, 'Committed', 'commit');
  net.emit('BatchCommitted', {
    ...idOf(batch),
    worker: worker.owner,
    commitment,
    outputsHash,
    locators: ['http://127.0.0.1:4001'],
    keyRecipients: [worker.owner, 'dmcn1opener'],
    auditBps: 0,
  });
};

/** Shows the leaf key, which one can once while coins are tossed. */
export const showKey = (net: Network, batch: NetworkBatch): void => {
  const { commitment, lease } = batch;
  if (commitment === undefined || commitment.keyShownHeight !== undefined) return;
  batch.commitment = { ...commitment, auditBps: 10_000, keyShownHeight: net.height };
  change(net, batch, 'Committed', 'key_shown');
  net.emit('KeyShown', {
    ...idOf(batch),
    worker: lease?.worker ?? '',
    shownBy: 'dmcn1shower',
    key: bytes32('key', batch.jobId, batch.index, batch.epoch),
  });
};

export const coinsOver = (net: Network, batch: NetworkBatch): void =>
  change(net, batch, 'Opening', 'coins_over');

export const open = (net: Network, batch: NetworkBatch): void => {
  const { job, worker } = heldBy(net, batch);
  const first = batch.index * job.spec.batchSize;
  const leaves: Leaf[] = Array.from({ length: batch.units }, (_, i) => ({
    unit: first + i,
    status: i % 4 === 3 ? 1 : 0,
    exitCode: i % 4 === 3 ? 7 : 0,
    gas: BigInt(1_000_000 + first + i),
    outputHash: bytes32('output', job.id, first + i),
  }));
  const gasTotal = leaves.reduce((sum, leaf) => sum + leaf.gas, 0n);
  const root = bytes32('leaves', job.id, batch.index, batch.epoch);
  batch.opening = { root, gasTotal, opener: 'dmcn1opener', height: net.height };
  net.emit('BatchOpened', {
    ...idOf(batch),
    worker: worker.owner,
    opener: 'dmcn1opener',
    root,
    gasTotal,
    leaves,
  });
  change(net, batch, 'Challenge', 'open');
};

/** The batch goes back to the queue, but what was committed may still be opened until it is offered again. */
export const notOpened = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  changeReputation(net, worker, 'not_opened', idOf(batch));
  changeBond(net, worker, 'unlock', { locked: -lease.bond });
  batch.lateOpen = batch.epoch;
  queueAgain(net, batch, 'open_timeout');
};

export const openLate = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  batch.epoch = batch.lateOpen ?? batch.epoch;
  delete batch.lateOpen;
  changeBond(net, worker, 'lease', { locked: lease.bond });
  open(net, batch);
};

export const demand = (net: Network, batch: NetworkBatch): void => {
  const { job } = heldBy(net, batch);
  const unit = batch.index * job.spec.batchSize;
  batch.demand = { unit, deposit: 5n, remaining: 10 };
  batch.demanded = true;
  net.emit('OutputDemanded', { ...idOf(batch), unit, deposit: 5n });
  change(net, batch, 'Demanded', 'demand');
};

export const postOutput = (net: Network, batch: NetworkBatch): void => {
  const unit = batch.demand?.unit ?? 0;
  delete batch.demand;
  net.emit('OutputPosted', { ...idOf(batch), unit, poster: 'dmcn1poster', deposit: 5n });
  change(net, batch, 'Challenge', 'output_posted');
};

export const ignoreDemand = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  net.emit('DemandReturned', { ...idOf(batch), unit: batch.demand?.unit ?? 0, deposit: 5n });
  delete batch.demand;
  changeBond(net, worker, 'unlock', { locked: -lease.bond });
  queueAgain(net, batch, 'demand_timeout');
};

/** Ends the challenge window: pays worker, author and community. */
export const finish = (net: Network, batch: NetworkBatch): void => {
  const { job, worker, lease } = heldBy(net, batch);
  const gasTotal = batch.opening?.gasTotal ?? 0n;
  const pay = (gasTotal * lease.ask) / 10n ** 9n + 10n;
  const royalty = (pay * BigInt(job.royaltyBps)) / 10_000n;
  const fee = (pay * BigInt(job.feeBps)) / 10_000n;
  job.paid += pay;
  job.royalties += royalty;
  job.fees += fee;
  job.remaining -= pay + royalty + fee;
  changeBond(net, worker, 'unlock', { locked: -lease.bond });
  net.emit('BatchPaid', {
    ...idOf(batch),
    worker: worker.owner,
    pay,
    author: job.author,
    royalty,
    fee,
    gasTotal,
    ask: lease.ask,
    units: batch.units,
  });
  changeReputation(net, worker, 'final', idOf(batch));
  change(net, batch, 'Final', 'challenge_over');
  settleIfOver(net, job);
};

/** Ends what nobody works on, as a cancelled job asks for. */
export const endWaiting = (net: Network, job: NetworkJob): void => {
  for (const batch of net.batches.values()) {
    if (batch.jobId !== job.id || !['Queued', 'Offered'].includes(batch.state)) continue;
    if (batch.state === 'Offered') changeLoad(net, heldBy(net, batch).worker, -1);
    change(net, batch, 'Ended', 'cancel');
  }
  settleIfOver(net, job);
};
