import type { Block, FetchedBlock } from '../types/block.js';

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
   * Committed blocks that follow each other, from a height up to another one, for less than each alone costs. At least
   * one: where some cannot be had it resolves with those before the first such one, and rejects as `fetchBlock` does where
   * that is the first of all, whatever becomes of those behind it. Rejects with `RangeError` for heights in no order.
   */
  fetchBlocks(from: number, to: number): Promise<readonly FetchedBlock[]>;
  /**
   * All blocks from a height on, waiting for new ones, until the signal aborts or the loop ends. Endpoints that fail
   * for a while only delay it; it throws `BlockUnavailableError` where every endpoint has dropped the next block.
   */
  blocks(options?: FollowOptions): AsyncIterable<Block>;
}
