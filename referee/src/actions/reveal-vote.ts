import type { Dispute } from '@dmcn/chain-client';
import { GivenUpError } from '@dmcn/chain-client/acting';
import { equalBytes } from '@dmcn/protocol';
import { hashOf } from './hash-of.js';
import { sendOnce, type Work } from './work.js';

/**
 * Shows the vote that was committed.
 * @throws GivenUpError where the journal has not got it
 */
export async function revealVote(dispute: Dispute, committed: Uint8Array, work: Work): Promise<void> {
  const { identity, notes, show, tell } = work;
  const { operator, validator } = identity;
  const note = await notes.of(dispute);
  if (note === undefined || !equalBytes(hashOf(note, dispute, work), committed))
    throw new GivenUpError(
      `the vote of ${validator} in dispute ${dispute.id} is not in this journal and cannot be revealed from here; use the journal of the process that committed it`,
    );
  show({ state: 'revealing', dispute: dispute.id });
  await sendOnce(work, `reveal-${dispute.id}`, {
    type: 'revealVote',
    operator,
    disputeId: dispute.id,
    ...note,
  });
  tell({ notice: 'revealed', dispute: dispute.id });
}
