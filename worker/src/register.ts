import {
  found,
  type Message,
  type Signer,
  type Worker,
  type WorkerOffer,
  type WorkerStatus,
} from '@dmcn/chain-client';
import type { Sender } from '@dmcn/chain-client/acting';

export interface Registration {
  readonly owner: Signer;
  readonly offer: WorkerOffer;
  /** Bonded when the worker is new, in udmc. */
  readonly bond: bigint;
  /** Where it then is: in the draw unless given. `unchanged` leaves a worker that was paused or set aside where it is. */
  readonly draw?: 'in' | 'out' | 'unchanged';
}

/** Coins that an owner keeps for fees when it bonds the rest, in udmc. */
export const FEE_RESERVE = 1_000_000n;

/**
 * Makes the chain's record of a worker say what its owner offers: registers and bonds it, lets the owner pay its operator's
 * fees, updates what changed, and puts it into the draw or takes it out. Returns the record. What an earlier process had
 * sent for this has to be settled before.
 */
export async function ensureRegistered(
  sender: Sender,
  { owner, offer, bond, draw = 'in' }: Registration,
  signal: AbortSignal,
): Promise<Worker> {
  const { chain } = sender;
  const record = await found(chain.worker(owner.address));
  const granted = await found(chain.feeAllowance({ granter: owner.address, grantee: offer.operator }));
  const messages = [
    ...(record ? changes(record.worker, offer) : newcomer(offer, bond)),
    ...(granted ? [] : payFees(offer)),
    ...moves(record?.worker.status ?? 'Active', draw, owner.address),
  ];
  if (messages.length > 0) await sender.once('register', messages, { signer: owner, signal });
  return messages.length > 0 || !record ? (await chain.worker(owner.address)).worker : record.worker;
}

const newcomer = (offer: WorkerOffer, bond: bigint): Message[] => [
  { type: 'registerWorker', ...offer, bond },
];

const changes = (worker: Worker, offer: WorkerOffer): Message[] =>
  sameOffer(worker, offer) ? [] : [{ type: 'updateWorker', ...offer }];

function moves(status: WorkerStatus, draw: Registration['draw'], owner: string): Message[] {
  if (draw === 'in' && status !== 'Active') return [{ type: 'resumeWorker', owner }];
  if (draw === 'out' && status === 'Active') return [{ type: 'pauseWorker', owner }];
  return [];
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
