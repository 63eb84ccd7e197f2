import type { Dispute } from '@dmcn/chain-client';
import { leafPreimage, statusFromCode, voteHash } from '@dmcn/protocol';
import type { VoteNote } from '../vote-notes.js';
import type { Work } from './work.js';

/** What a validator commits to with a vote. */
export function hashOf(
  { salt, leaf }: VoteNote,
  { id, jobId }: Dispute,
  { identity, ports }: Work,
): Uint8Array {
  const { unit, status, ...rest } = leaf;
  return voteHash({
    salt,
    valoper: ports.chain.addressBytes(identity.operator),
    dispute: id,
    leaf: leafPreimage(jobId, unit, { ...rest, status: statusFromCode(status) }),
  });
}
