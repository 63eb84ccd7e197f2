import { type Block, BlockUnavailableError } from '@dmcn/chain-client';
import { pause } from '../source/retry.js';
import type { BlockClient } from '../source/source.js';

const POLL_MS = 2;

/** A client of blocks in memory; blocks that are added later come as new ones. */
export const clientOf = (chainId: string, blocks: readonly Block[], earliest = 1): BlockClient => {
  const fetchBlock = async (height: number): Promise<Block> => {
    const block = blocks[height - 1];
    if (block === undefined || height < earliest) {
      throw new BlockUnavailableError(height, earliest, blocks.length);
    }
    return block;
  };
  return {
    chainId,
    fetchBlock,
    status: async () => ({
      chainId,
      height: blocks.length,
      time: blocks.at(-1)?.time ?? new Date(0),
      earliestHeight: earliest,
      catchingUp: false,
      endpoint: 'memory',
    }),
    async *blocks({ from = blocks.length + 1, signal = new AbortController().signal } = {}) {
      for (let height = from; !signal.aborted; ) {
        if (height <= blocks.length) yield await fetchBlock(height++);
        else await pause(POLL_MS, signal);
      }
    },
  };
};
