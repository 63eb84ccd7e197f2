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
