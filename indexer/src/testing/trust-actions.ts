import type { Audit, Slash, WorkerParams } from '@dmcn/chain-client';
import { heldBy, idOf } from './batch-actions.js';
import { bytes32, type Network, type NetworkBatch } from './network.js';

const nameOf = ({ jobId, index, epoch }: Pick<NetworkBatch, 'jobId' | 'index' | 'epoch'>): string =>
  `${jobId}/${index}/${epoch}`;

/** Governance changes what x/worker goes by. */
export const changeParams = (net: Network): void => {
  const params: WorkerParams = {
    ...{ lot: 10_000n, maxAsk: 10n ** 19n, minRate: 10n, maxLots: 9, maxLoad: 8, missedLimit: net.height },
    ...{ leaseLockBps: 9_000, lapseWindow: 20, lapseLock: 6, slashHoldBlocks: 20, jailBlocks: 60 },
    ...{ slashProverBps: 3_000, slashRequesterBps: 2_000 },
  };
  net.workerParams = params;
  net.emit('WorkerParamsUpdated', { params });
};

/** Somebody loses an amount, which waits. */
export const holdSlash = (net: Network, batch: NetworkBatch): bigint => {
  const { worker } = heldBy(net, batch);
  const slash: Slash = {
    id: BigInt(net.slashes.size + 1),
    ...{ kind: 'Leaf', owner: worker.owner, amount: 700n, ...idOf(batch) },
    ...{ height: net.height, releaseHeight: net.height + 20 },
    shares: [{ recipient: 'dmcn1prover', role: 'Prover', amount: 210n }],
  };
  net.slashes.set(slash.id, { slash, ended: false });
  net.emit('SlashHeld', { slash });
  return slash.id;
};

export const endSlash = (net: Network, id: bigint, cause: 'released' | 'reversed'): void => {
  const held = net.slashes.get(id);
  if (held === undefined) throw new Error(`there is no slash ${id}`);
  held.ended = true;
  if (cause === 'released') net.emit('SlashReleased', { slash: held.slash, burned: 490n });
  else net.emit('SlashReversed', { slash: held.slash });
};

/** A selected epoch that nobody opened stays beside its batch. */
export const withhold = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  const withheld = { ...batch, state: 'Withheld', deadline: net.height + 200 } as const;
  net.withheld.set(nameOf(batch), withheld);
  const { deadline } = withheld;
  net.emit('WithheldStateChanged', {
    ...idOf(batch),
    ...{ oldState: 'Opening', newState: 'Withheld', cause: 'withheld', deadline },
    ...{ worker: worker.owner, bond: lease.bond },
  });
};

export const endWithheld = (net: Network, batch: NetworkBatch): void => {
  const { worker, lease } = heldBy(net, batch);
  net.withheld.delete(nameOf(batch));
  net.emit('WithheldStateChanged', {
    ...idOf(batch),
    ...{ oldState: 'Withheld', newState: 'Ended', cause: 'withheld_timeout', deadline: 0 },
    ...{ worker: worker.owner, bond: lease.bond },
  });
};

/** An auditor is drawn for a batch, and posts. */
export const audit = (net: Network, batch: NetworkBatch): void => {
  const { job, worker } = heldBy(net, batch);
  const drawn: Audit = {
    ...idOf(batch),
    ...{ index: 0, state: 'Drawn', units: [batch.index * job.spec.batchSize], round: 0 },
    ...{ auditor: 'dmcn1auditor', ask: 3n, drawnHeight: net.height, deadline: net.height + 30 },
    ...{ hashes: [], deposit: 0n, postedHeight: 0, differing: [], paid: false },
  };
  const selected = { height: net.height, auditors: 1, posted: 1, round: 0, matched: false, settled: false };
  batch.selection = selected;
  net.emit('BatchSelected', {
    ...idOf(batch),
    ...{ worker: worker.owner, height: net.height, auditors: 1, earmarked: 9n },
  });
  net.emit('AuditStateChanged', { audit: drawn, oldState: undefined, cause: 'drawn', worker: worker.owner });
  const posted: Audit = {
    ...drawn,
    ...{ state: 'Posted', hashes: [bytes32('audit', batch.jobId)], deposit: 55n, postedHeight: net.height },
  };
  net.audits.set(nameOf(batch), posted);
  net.emit('AuditStateChanged', { audit: posted, oldState: 'Drawn', cause: 'posted', worker: worker.owner });
};
