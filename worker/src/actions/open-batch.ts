import type { LeaseId } from '@dmcn/chain-client';
import { openingMessage } from '@dmcn/chain-client/acting';
import { keyHolder, sendOnce, type Work } from './work.js';

/**
 * Opens a batch from its commit on chain, as its worker or as an opener that holds K. Does nothing where somebody
 * opened it already.
 */
export async function openBatch(id: LeaseId, work: Work): Promise<void> {
  const { identity, ports } = work;
  const message = await openingMessage(id, keyHolder(identity), ports.chain);
  if (message === undefined) return;
  work.show({ state: 'opening', lease: id });
  await sendOnce(work, 'open', id, message);
  work.tell({ notice: 'opened', lease: id });
}
