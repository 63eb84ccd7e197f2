import { bytes32, type Network, type NetworkWorker } from './network.js';

const STEP = 16;

/** Registers the n-th worker of the network. */
export const register = (net: Network, n: number): NetworkWorker => {
  const owner = `dmcn1owner${n.toString().padStart(4, '0')}`;
  const bond = 1_000_000n + BigInt(n);
  const worker: NetworkWorker = {
    owner,
    operator: `dmcn1operator${n.toString().padStart(4, '0')}`,
    encryptionKey: bytes32('key', owner),
    ask: BigInt(50 + n * 7),
    rate: 2n ** 63n + BigInt(n),
    memory: 512n * 2n ** 20n,
    features: n % 2 === 0 ? ['simd'] : [],
    modules: n % 3 === 0 ? [bytes32('module', owner)] : [],
    maxGasLimit: n % 4 === 0 ? 2n ** 62n : 0n,
    status: 'Active',
    bond,
    locked: 0n,
    reserved: 0n,
    availability: 5_000,
    batchesFinal: 0,
    load: 0,
    missed: 0,
    registeredHeight: net.height,
    lots: 100,
    standing: 0,
    frauds: 0,
    jailUntil: 0,
    reputation: 1_000,
  };
  net.workers.set(owner, worker);
  const { reputation, ...record } = worker;
  net.emit('WorkerRegistered', { worker: record, reputation });
  return worker;
};

export const changeAsk = (net: Network, worker: NetworkWorker, ask: bigint): void => {
  worker.ask = ask;
  const { reputation: _, ...record } = worker;
  net.emit('WorkerUpdated', { worker: record });
};

export const changeStatus = (net: Network, worker: NetworkWorker, status: NetworkWorker['status']): void => {
  net.emit('WorkerStatusChanged', {
    owner: worker.owner,
    oldStatus: worker.status,
    newStatus: status,
    cause: status === 'Active' ? 'resume' : 'pause',
    jailUntil: worker.jailUntil,
  });
  worker.status = status;
};

export const changeBond = (
  net: Network,
  worker: NetworkWorker,
  cause: string,
  { bond = 0n, locked = 0n }: { readonly bond?: bigint; readonly locked?: bigint },
): void => {
  const before = { oldBond: worker.bond, oldLocked: worker.locked };
  worker.bond += bond;
  worker.locked += locked;
  worker.lots = Number(worker.bond / 10_000n);
  net.emit('BondChanged', {
    owner: worker.owner,
    ...before,
    newBond: worker.bond,
    newLocked: worker.locked,
    cause,
    lots: worker.lots,
  });
};

export const changeLoad = (net: Network, worker: NetworkWorker, by: number): void => {
  net.emit('LoadChanged', { owner: worker.owner, oldLoad: worker.load, newLoad: worker.load + by });
  worker.load += by;
};

/** Moves availability up or down after something that a lease did. */
export const changeReputation = (
  net: Network,
  worker: NetworkWorker,
  cause: 'final' | 'missed_offer' | 'lapse' | 'not_opened',
  lease: { readonly jobId: bigint; readonly batch: number; readonly epoch: number },
): void => {
  const before = { oldAvailability: worker.availability, oldReputation: worker.reputation };
  const target = cause === 'final' ? 10_000 : 0;
  worker.availability +=
    Math.sign(target - worker.availability) * Math.ceil(Math.abs(target - worker.availability) / STEP);
  if (cause === 'final') worker.batchesFinal += 1;
  if (cause === 'missed_offer') worker.missed += 1;
  worker.reputation =
    1_000 + Math.floor((worker.availability * Math.min(worker.batchesFinal, 1_000)) / 1_000);
  net.emit('ReputationChanged', {
    ...lease,
    owner: worker.owner,
    ...before,
    newAvailability: worker.availability,
    newReputation: worker.reputation,
    batchesFinal: worker.batchesFinal,
    missed: worker.missed,
    cause,
  });
};

/** Keeps the bond of a lease that ran out locked for a while. */
export const lapse = (net: Network, worker: NetworkWorker, amount: bigint): void => {
  const id = BigInt(net.lapses.size);
  const record = { id, owner: worker.owner, amount, height: net.height, releaseHeight: net.height + 20 };
  net.lapses.set(id, { lapse: record, released: false });
  net.emit('Lapsed', { lapse: record });
};

export const releaseLapse = (net: Network, id: bigint): void => {
  const entry = net.lapses.get(id);
  const worker = net.workers.get(entry?.lapse.owner ?? '');
  if (entry === undefined || worker === undefined || entry.released) return;
  entry.released = true;
  changeBond(net, worker, 'lapse_release', { locked: -entry.lapse.amount });
  net.emit('LapseReleased', { lapse: entry.lapse });
};
