import { type Block, BlockUnavailableError, type FetchedBlock } from '@dmcn/chain-client';
import { pause } from '../source/retry.js';
import type { BlockClient } from '../source/source.js';

const POLL_MS = 2;

/** Both ways to fetch, of one of them: stretches come as far as their blocks do, in order. */
export const fetching = (
  fetchBlock: BlockClient['fetchBlock'],
): Pick<BlockClient, 'fetchBlock' | 'fetchBlocks'> => ({
  fetchBlock,
  fetchBlocks: async (from, to) => {
    const underWay = Array.from({ length: to - from + 1 }, (_, i) => fetchBlock(from + i));
    for (const one of underWay) one.catch(() => undefined);
    const blocks: FetchedBlock[] = [];
    try {
      for (const one of underWay) {
        const block = await one;
        blocks.push({ height: block.height, size: 0, read: () => block });
      }
    } catch (error) {
      if (blocks.length === 0) throw error;
    }
    return blocks;
  },
});

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
    ...fetching(fetchBlock),
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
