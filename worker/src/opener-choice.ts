import type { ChainReader, Worker } from '@dmcn/chain-client';

/** Someone who can hold K: an account with the key that K is wrapped for. */
export interface Opener {
  readonly address: string;
  readonly encryptionKey: Uint8Array;
}

const KEPT_MS = 60_000;

/**
 * Chooses another active worker to hold K, a different one each time. Undefined where there is none: then the worker
 * alone can open.
 */
export function createOpenerChoice(chain: ChainReader, owner: string): () => Promise<Opener | undefined> {
  let candidates: readonly Worker[] = [];
  let read = Number.NEGATIVE_INFINITY;
  let turn = 0;
  return async () => {
    if (Date.now() - read > KEPT_MS || candidates.length === 0) {
      const { items } = await chain.workers({ limit: 100 });
      candidates = items.filter((worker) => worker.owner !== owner && worker.status === 'Active');
      read = Date.now();
    }
    const chosen = candidates[turn % candidates.length];
    turn += 1;
    return chosen && { address: chosen.owner, encryptionKey: chosen.encryptionKey };
  };
}
