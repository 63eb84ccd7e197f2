import type { LeaseId } from '@dmcn/chain-client';
import { batchRange, statusCode } from '@dmcn/protocol';
import { readCommit } from './read-commit.js';
import { sendOnce, type Work } from './work.js';

/**
 * Opens a batch from its commit on chain, as its worker or as an opener that holds K. Does nothing where somebody
 * opened it already.
 */
export async function openBatch(id: LeaseId, work: Work): Promise<void> {
  const { identity, ports } = work;
  const { chain } = ports;
  const batch = await chain.batch(id);
  const waits = batch.state === 'Opening' && batch.epoch === id.epoch;
  const late = batch.state === 'Queued' && batch.lateOpen === id.epoch;
  if (!(waits || late) || batch.lease === undefined || batch.commitment === undefined) return;
  const [commit, { spec }] = await Promise.all([
    chain.commitOf({ ...id, height: batch.commitment.height }),
    chain.job(id.jobId),
  ]);
  const { key, gasTotal, leaves } = await readCommit(commit, batch.lease.worker, identity, chain);
  const { firstUnit } = batchRange(spec, id.batch);
  const numbered = leaves.map((leaf, i) => ({
    ...leaf,
    unit: firstUnit + i,
    status: statusCode(leaf.status),
  }));
  work.show({ state: 'opening', lease: id });
  await sendOnce(work, 'open', id, { type: 'open', ...id, key, gasTotal, leaves: numbered });
  work.tell({ notice: 'opened', lease: id });
}
