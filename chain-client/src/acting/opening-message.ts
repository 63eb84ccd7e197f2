import { batchRange, statusCode } from '@dmcn/protocol';
import type { ChainClient } from '../port/chain-client.js';
import type { ChainReader } from '../port/reader.js';
import type { Batch } from '../types/batch.js';
import type { Message } from '../types/message.js';
import { everyPage } from '../types/page.js';
import type { LeaseId } from '../types/primitives.js';
import { type KeyHolder, readCommit } from './read-commit.js';

/**
 * The message that opens a batch, from its commit on chain, for its worker or an opener that holds K; undefined where the
 * batch waits for no opening. Rejects as `readCommit` does.
 */
export async function openingMessage(
  id: LeaseId,
  holder: KeyHolder,
  chain: ChainClient,
): Promise<Message<'open'> | undefined> {
  const batch = await waiting(id, chain);
  if (batch?.lease === undefined || batch.commitment === undefined) return undefined;
  const [commit, { spec }] = await Promise.all([
    chain.commitOf({ ...id, height: batch.commitment.height }),
    chain.job(id.jobId),
  ]);
  const { key, gasTotal, leaves } = await readCommit(commit, batch.lease.worker, holder, chain);
  const { firstUnit } = batchRange(spec, id.batch);
  const numbered = leaves.map((leaf, i) => ({
    ...leaf,
    unit: firstUnit + i,
    status: statusCode(leaf.status),
  }));
  return { type: 'open', ...id, key, gasTotal, leaves: numbered };
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
