import type { Dispute } from '@dmcn/chain-client';
import { GivenUpError } from '@dmcn/chain-client/acting';
import type { VoteNote } from '../vote-notes.js';
import { computeLeaf } from './compute-leaf.js';
import { hashOf } from './hash-of.js';
import { sendOnce, type Work } from './work.js';

const SALT_BYTES = 32;

/**
 * Decides on a vote, unless the journal has it, and binds the validator to it. `signal` aborts once the dispute takes no votes.
 * @throws GivenUpError as `computeLeaf` does, and where the validator has another referee now
 */
export async function commitVote(dispute: Dispute, work: Work, signal: AbortSignal): Promise<void> {
  const { identity, ports, notes, show, tell } = work;
  const { operator, validator, signer } = identity;
  const { account } = await ports.chain.referee(validator);
  if (account !== signer.address)
    throw new GivenUpError(`${account} is the referee of ${validator} now; stop this one`);
  show({ state: 'executing', dispute: dispute.id });
  const note = (await notes.of(dispute)) ?? (await decided(dispute, work, signal));
  signal.throwIfAborted();
  show({ state: 'committing', dispute: dispute.id });
  const hash = hashOf(note, dispute, work);
  await sendOnce(work, `commit-${dispute.id}`, { type: 'commitVote', operator, disputeId: dispute.id, hash });
  tell({ notice: 'committed', dispute: dispute.id });
}

async function decided(dispute: Dispute, work: Work, signal: AbortSignal): Promise<VoteNote> {
  const leaf = await computeLeaf(dispute, work, signal);
  const note = { salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)), leaf };
  await work.notes.keep(dispute, note, work.height());
  return note;
}
