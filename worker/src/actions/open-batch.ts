import { type Batch, type ChainReader, everyPage, type LeaseId } from '@dmcn/chain-client';
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
  const batch = await waiting(id, chain);
  if (batch?.lease === undefined || batch.commitment === undefined) return;
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

/** The batch as it waits for the opening of an epoch: in time, late, or withheld beside what it has become since. */
async function waiting(id: LeaseId, chain: ChainReader): Promise<Batch | undefined> {
  const batch = await chain.batch(id);
  const { state, epoch, lateOpen } = batch;
  const isDue = state === 'Opening' && epoch === id.epoch;
  if (isDue || (state === 'Queued' && lateOpen === id.epoch)) return batch;
  if (epoch <= id.epoch) return undefined;
  const withheld = await everyPage((page) => chain.withheldBatches({ ...page, jobId: id.jobId }));
  return withheld.find(
    (each) => each.state === 'Withheld' && each.index === id.batch && each.epoch === id.epoch,
  );
}
