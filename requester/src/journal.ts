import type { SignedTx } from '@dmcn/chain-client';

/** A signed transaction with what it is for: whoever finds it again can tell whether that is still wanted. */
export interface KeptTx extends SignedTx {
  readonly purpose: string;
}

/**
 * Where signed transactions are kept before they are broadcast, by name, so that they outlive the process. Each call
 * resolves once it is done for good.
 */
export interface TxJournal {
  recall(name: string): Promise<KeptTx | undefined>;
  keep(name: string, tx: KeptTx): Promise<void>;
  forget(name: string): Promise<void>;
}

/** A journal that ends with its process, for whoever keeps nothing. */
export function createMemoryJournal(): TxJournal {
  const kept = new Map<string, KeptTx>();
  return {
    recall: async (name) => kept.get(name),
    keep: async (name, tx) => void kept.set(name, tx),
    forget: async (name) => void kept.delete(name),
  };
}
