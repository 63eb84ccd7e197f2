import { type Address, type ChainReader, everyPage, found, type Worker } from '@dmcn/chain-client';

/** Someone who can hold K: an account with the key that K is wrapped for. */
export interface Opener {
  readonly address: Address;
  readonly encryptionKey: Uint8Array;
}

/**
 * Chooses up to `count` other workers to hold K: those that `alive` names first, by chance, then other active ones that missed no
 * offer, the most available first. Fewer where there are not so many: without any, the worker alone can open.
 */
export async function chooseOpeners(
  chain: ChainReader,
  self: Address,
  count: number,
  alive: readonly Address[],
): Promise<readonly Opener[]> {
  const chosen = new Map<Address, Worker>();
  const take = (workers: Iterable<Worker>) => {
    for (const worker of workers) {
      if (chosen.size < count && worker.owner !== self && isThere(worker)) chosen.set(worker.owner, worker);
    }
  };
  for (const owner of shuffled(alive)) {
    if (chosen.size >= count) break;
    const record = owner === self ? undefined : await found(chain.worker(owner));
    take(record ? [record.worker] : []);
  }
  if (chosen.size < count) {
    const { items } = await chain.workers({ limit: 100 });
    take(shuffled(items).sort((a, b) => b.availability - a.availability));
  }
  return [...chosen.values()].map(({ owner, encryptionKey }) => ({ address: owner, encryptionKey }));
}

/** Those of the drawn accounts that are registered as referees, with the keys that K is wrapped for. */
export async function drawnOpeners(
  chain: ChainReader,
  accounts: readonly Address[],
): Promise<readonly Opener[]> {
  if (accounts.length === 0) return [];
  const referees = await everyPage((page) => chain.referees(page));
  return referees
    .filter(({ account }) => accounts.includes(account))
    .map(({ account, encryptionKey }) => ({ address: account, encryptionKey }));
}

const isThere = ({ status, missed }: Worker): boolean => status === 'Active' && missed === 0;

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
