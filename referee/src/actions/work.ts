import type { Message, Receipt } from '@dmcn/chain-client';
import type { Sender } from '@dmcn/chain-client/acting';
import type { RefereeOptions } from '../options.js';
import type { RefereeIdentity, RefereePorts } from '../ports.js';
import type { RefereeNotice, RefereeState } from '../state.js';
import type { VoteNotes } from '../vote-notes.js';

/** All that the actions of a referee work with. */
export interface Work {
  readonly identity: RefereeIdentity;
  readonly ports: RefereePorts;
  readonly options: RefereeOptions;
  readonly sender: Sender;
  readonly notes: VoteNotes;
  readonly show: (state: RefereeState) => void;
  readonly tell: (notice: RefereeNotice) => void;
  /** Newest height. */
  readonly height: () => number;
  readonly signal: AbortSignal;
}

/** Sends a message of the referee at most once, with its fees paid by whoever pays them. */
export function sendOnce(work: Work, purpose: string, message: Message): Promise<Receipt> {
  const { identity, sender, signal } = work;
  const { signer, feeGranter } = identity;
  return sender.once(purpose, [message], { signer, signal, ...(feeGranter && { feeGranter }) });
}
