import { BlockUnavailableError } from '../errors/index.js';
import type { ChainClient } from '../port/chain-client.js';
import type { Block } from '../types/block.js';

/**
 * All blocks from a height on, without those that no endpoint has any more: whoever slept for long goes on with what there is.
 */
export async function* followBlocks(
  chain: ChainClient,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<Block> {
  let next = from;
  while (!signal.aborted) {
    try {
      for await (const block of chain.blocks({ from: next, signal })) {
        next = block.height + 1;
        yield block;
      }
      return;
    } catch (error) {
      if (!(error instanceof BlockUnavailableError)) throw error;
      next = Math.max(next + 1, (await chain.status()).earliestHeight);
    }
  }
}
