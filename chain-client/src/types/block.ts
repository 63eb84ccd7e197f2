import type { PlacedEvent } from './events.js';
import type { ChainHash } from './primitives.js';

/** The outcome of one transaction of a block. */
export interface BlockTx {
  readonly hash: ChainHash;
  /** 0 for success. */
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly gasUsed: bigint;
}

/** One committed block with everything that this system emitted in it. */
export interface Block {
  readonly chainId: string;
  readonly height: number;
  readonly hash: ChainHash;
  /** Hash of the block before, empty at the first height. */
  readonly parentHash: ChainHash;
  readonly time: Date;
  /** Digest of the state before this block. */
  readonly appHash: ChainHash;
  /** Consensus address of the proposer, hex. */
  readonly proposer: string;
  readonly txs: readonly BlockTx[];
  /** In order: those of the transactions, then those of the block. */
  readonly events: readonly PlacedEvent[];
  /** Events of other parts of the chain, which are left out. */
  readonly unknownEvents: number;
}

/** A block that came and is read only when it is wanted: those that wait take little memory. */
export interface FetchedBlock {
  readonly height: number;
  /** How much there is to read, in characters; 0 where it is read already. */
  readonly size: number;
  /** Throws `BadResponseError` where it makes no sense. `fetchBlock` may then get it from somewhere else. */
  read(): Block;
}
