import type { ChainFollower } from './follower.js';
import type { ChainHistory, ChainReader } from './reader.js';
import type { ChainWriter } from './writer.js';

/** Everything that this system asks of a chain. Each kind of chain has one adapter that makes it. */
export interface ChainClient extends ChainReader, ChainHistory, ChainWriter, ChainFollower {
  readonly chainId: string;
  /** Stops what runs in the background. Calls under way reject. */
  close(): void;
}
