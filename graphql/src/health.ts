import type { Checkpoint } from '@dmcn/indexer';
import type { IndexReader } from './index-reader.js';

/** Blocks that an index may lack and still count as caught up: the one that is being written. */
const READY_LAG = 1;

/** How far the index is. */
export interface Standing {
  readonly chainId: string;
  readonly height: number;
  /** Newest height of the chain that the indexer knew of when it wrote `height`. */
  readonly head: number;
  readonly lag: number;
  readonly blockHash: string;
  /** Digest of the state before the block. */
  readonly appHash: string;
  /** ISO 8601. */
  readonly blockTime: string;
}

export const standingOf = ({ chainId, height, head, hash, appHash, time }: Checkpoint): Standing => ({
  chainId,
  height,
  head,
  lag: head - height,
  blockHash: hash,
  appHash,
  blockTime: new Date(time).toISOString(),
});

/** What `/health` and `/ready` answer. */
export interface Health extends Partial<Standing> {
  readonly status: 'ok' | 'catching up' | 'no index yet';
}

/** How the index is, as far as it tells by itself. */
export const healthOf = (index: IndexReader): Health => {
  const checkpoint = index.current()?.checkpoint();
  if (checkpoint === undefined) return { status: 'no index yet' };
  const standing = standingOf(checkpoint);
  return { status: standing.lag <= READY_LAG ? 'ok' : 'catching up', ...standing };
};
