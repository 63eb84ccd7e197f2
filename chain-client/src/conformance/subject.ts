import type { ChainClient } from '../port/chain-client.js';
import type { Signer } from '../port/signer.js';

/** The adapter under test, before a chain of its own that nobody else uses. */
export interface ConformanceSubject {
  /** A new client of the chain. */
  connect(): Promise<ChainClient>;
  /** An account that can spend at least 1,000 DMC. */
  readonly funder: Signer;
  /** A new key, whose account the chain has never heard of. */
  newSigner(): Promise<Signer>;
}

/** One rule of the port's contract. Rejects where the adapter breaks it. */
export interface ConformanceCase {
  readonly name: string;
  run(subject: ConformanceSubject): Promise<void>;
}
