import type { Block } from '../types/block.js';

/** Where to start following, and how to stop. */
export interface FollowOptions {
  /** First height, the next new block unless given. */
  readonly from?: number;
  readonly signal?: AbortSignal;
}

/** Blocks, one by one, without gaps or repetitions. */
export interface ChainFollower {
  /**
   * One committed block. Rejects with `BlockUnavailableError` for a height that is not there yet or no more.
   */
  fetchBlock(height: number): Promise<Block>;
  /**
   * All blocks from a height on, waiting for new ones, until the signal aborts or the loop ends. Endpoints that fail
   * for a while only delay it; it throws `BlockUnavailableError` where every endpoint has dropped the next block.
   */
  blocks(options?: FollowOptions): AsyncIterable<Block>;
}
