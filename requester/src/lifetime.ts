import { type Block, BlockUnavailableError, type ChainClient, type Job } from '@dmcn/chain-client';

/** The blocks in which a job lived are gone from every node that was asked. */
export class HistoryGoneError extends Error {
  override readonly name = 'HistoryGoneError';
}

export interface LifetimeOptions {
  readonly signal?: AbortSignal;
  /** Called with the numbers of blocks read and in all. */
  readonly onProgress?: (read: number, total: number) => void;
}

/** The blocks of a job that is over, from its submission to its settlement. Throws HistoryGoneError. */
export async function* lifetimeOf(
  { id, submittedHeight: from, settledHeight: to }: Job,
  chain: ChainClient,
  { signal, onProgress }: LifetimeOptions = {},
): AsyncGenerator<Block> {
  try {
    for await (const block of chain.blocks({ from, ...(signal && { signal }) })) {
      yield block;
      onProgress?.(block.height - from + 1, to - from + 1);
      if (block.height >= to) return;
    }
  } catch (error) {
    if (!(error instanceof BlockUnavailableError)) throw error;
    throw new HistoryGoneError(
      `the blocks ${from} to ${to} of job ${id} are gone from the nodes that were asked, which have ${error.earliest} and later; ask one that keeps all with --node URL`,
      { cause: error },
    );
  }
  throw signal?.reason ?? new Error('the chain client was closed');
}

const TOGETHER = 16;

/** Those blocks of a job's life that somebody named and that a node has. */
export async function* namedBlocks(
  { submittedHeight, settledHeight }: Job,
  heights: readonly number[],
  chain: ChainClient,
  { signal, onProgress }: LifetimeOptions = {},
): AsyncGenerator<Block> {
  const named = [...new Set(heights)]
    .filter((height) => height >= submittedHeight && height <= settledHeight)
    .toSorted((one, other) => one - other);
  for (let read = 0; read < named.length; read += TOGETHER) {
    signal?.throwIfAborted();
    const asked = named.slice(read, read + TOGETHER).map((height) => chain.fetchBlock(height));
    for (const answer of await Promise.allSettled(asked)) {
      if (answer.status === 'fulfilled') yield answer.value;
      else if (!(answer.reason instanceof BlockUnavailableError)) throw answer.reason;
    }
    onProgress?.(Math.min(read + TOGETHER, named.length), named.length);
  }
}
