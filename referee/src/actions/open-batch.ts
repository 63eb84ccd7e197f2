import type { LeaseId } from '@dmcn/chain-client';
import { openingMessage } from '@dmcn/chain-client/acting';
import { sendOnce, type Work } from './work.js';

/** Opens a batch for its worker, as an opener that was drawn. Does nothing where somebody opened it already. */
export async function openBatch(lease: LeaseId, work: Work): Promise<void> {
  const { signer, encryption } = work.identity;
  const holder = { address: signer.address, encryption };
  const message = await openingMessage(lease, holder, work.ports.chain);
  if (message === undefined) return;
  work.show({ state: 'opening', lease });
  await sendOnce(work, `open-${lease.jobId}-${lease.batch}-${lease.epoch}`, message);
  work.tell({ notice: 'opened', lease });
}
