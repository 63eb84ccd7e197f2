import { found, type Message, type Signer, type Worker, type WorkerOffer } from '@dmcn/chain-client';
import type { Sender } from './journal/sender.js';

export interface Registration {
  readonly owner: Signer;
  readonly offer: WorkerOffer;
  /** Bonded when the worker is new, in udmc. */
  readonly bond: bigint;
}

/** Coins that an owner keeps for fees when it bonds the rest, in udmc. */
export const FEE_RESERVE = 1_000_000n;

/**
 * Makes the chain's record of a worker say what its owner offers: registers and bonds it, lets the owner pay its operator's
 * fees, updates what changed, and resumes a worker that was paused or set aside. Returns the record. What an earlier process had
 * sent for this has to be settled before.
 */
export async function ensureRegistered(
  sender: Sender,
  { owner, offer, bond }: Registration,
  signal: AbortSignal,
): Promise<Worker> {
  const { chain } = sender;
  const record = await found(chain.worker(owner.address));
  const messages = record ? changes(record.worker, offer) : newcomer(offer, bond);
  if (messages.length > 0) await sender.once('register', messages, { signer: owner, signal });
  return messages.length > 0 || !record ? (await chain.worker(owner.address)).worker : record.worker;
}

function newcomer(offer: WorkerOffer, bond: bigint): Message[] {
  const messages: Message[] = [{ type: 'registerWorker', ...offer, bond }];
  return [...messages, ...payFees(offer)];
}

function changes(worker: Worker, offer: WorkerOffer): Message[] {
  const messages: Message[] = [];
  if (!sameOffer(worker, offer)) messages.push({ type: 'updateWorker', ...offer });
  if (worker.operator !== offer.operator) messages.push(...payFees(offer));
  if (worker.status !== 'Active') messages.push({ type: 'resumeWorker', owner: worker.owner });
  return messages;
}

function payFees({ operator }: WorkerOffer): Message[] {
  return [{ type: 'grantFees', grantee: operator }];
}

function sameOffer(a: WorkerOffer, b: WorkerOffer): boolean {
  return (
    a.operator === b.operator &&
    a.ask === b.ask &&
    a.rate === b.rate &&
    a.memory === b.memory &&
    a.features.join() === b.features.join() &&
    a.modules.join(';') === b.modules.join(';') &&
    a.maxGasLimit === b.maxGasLimit &&
    a.encryptionKey.join() === b.encryptionKey.join()
  );
}
