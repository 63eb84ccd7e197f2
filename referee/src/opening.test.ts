import { hashBlob } from '@dmcn/blob-store';
import type { Batch, ChainEvent, CommitRecord, LeaseId } from '@dmcn/chain-client';
import { protocolLease } from '@dmcn/chain-client/acting';
import { Mortal } from '@dmcn/chain-client/acting/testing';
import { batchRoot, commitment, generateBatchKeys, sealLeaves, sumGas, wrapKey } from '@dmcn/protocol';
import { expect, test } from 'vitest';
import type { RefereePorts } from './ports.js';
import { ACCOUNT, accountOf, Court } from './testing/court.js';
import { identityOf, live, newWorld, passTime, until } from './testing/life.js';
import { GAS, inputs } from './testing/task.js';

const id: LeaseId = { jobId: 1n, batch: 0, epoch: 0 };
const leaves = inputs.map((input) => ({
  status: 'OK' as const,
  exitCode: 0,
  gas: GAS,
  outputHash: hashBlob(input),
}));

/** A commit of another account, whose K is wrapped for the referee too. */
async function committed(): Promise<CommitRecord> {
  const { encryption } = await identityOf();
  const { leafKey } = generateBatchKeys();
  const lease = protocolLease(id, accountOf('worker'));
  const { jobId: job, ...place } = id;
  const data = await wrapKey(leafKey, encryption.publicKey, {
    ...{ kind: 'leaf', chainId: 'testing', job, ...place },
    recipient: accountOf(ACCOUNT),
  });
  return {
    ...id,
    ...{ operator: 'worker-operator', height: 2, txHash: '', locators: [], outputsHash: new Uint8Array(32) },
    commitment: commitment(lease, leafKey, batchRoot(1n, 0, leaves), sumGas(leaves)),
    sealedLeaves: sealLeaves(leafKey, lease, leaves),
    wrappedKeys: [{ kind: 0, recipient: ACCOUNT, data }],
  };
}

test('a referee that was drawn as an opener opens when the worker does not, once its patience is over', async () => {
  const court = new Court({ disputes: 0, opening: true });
  const world = newWorld(court);
  const record = await committed();
  const { commitment: hash, outputsHash, locators } = record;
  const batch = {
    ...{ jobId: 1n, index: 0, units: 3, epoch: 0, state: 'Committed', lease: { worker: 'worker' } },
    commitment: { commitment: hash, outputsHash, height: 2, liveTarget: 0, auditBps: 0 },
  } as unknown as Batch;
  const data = { ...id, worker: 'worker', commitment: hash, outputsHash, locators, auditBps: 0 };
  court.commit(batch, {
    type: 'BatchCommitted',
    data: { ...data, keyRecipients: ['worker', ACCOUNT] },
  } as ChainEvent);

  const over = new AbortController();
  const time = passTime(world, over.signal);
  const done = until(() => court.isOver).finally(() => over.abort());
  const alter = ({ chain }: RefereePorts): Partial<RefereePorts> => ({
    chain: { ...chain, commitOf: async () => record },
  });
  await Promise.all([live(world, new Mortal(), over.signal, { alter, openerPatience: 12 }), time, done]);
  expect(court.executed).toEqual(['open']);
  expect(court.refused).toEqual([]);
  expect(court.height).toBeGreaterThan(12);
});
