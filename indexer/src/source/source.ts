import { type Block, BlockUnavailableError, type ChainClient } from '@dmcn/chain-client';
import { PrunedError } from '../errors.js';
import { untilAnswered } from './retry.js';

/** What the indexer needs of a chain client. */
export type BlockClient = Pick<ChainClient, 'chainId' | 'status' | 'fetchBlock' | 'blocks'>;

/** A block with the newest height of the chain that is known meanwhile. */
export interface SourcedBlock {
  readonly block: Block;
  readonly head: number;
}

export interface SourceOptions {
  readonly client: BlockClient;
  /** First height. */
  readonly from: number;
  readonly signal: AbortSignal;
  /** Blocks that are fetched at the same time while behind. */
  readonly window?: number;
}

const WINDOW = 16;
const STATUS_INTERVAL_MS = 2_000;

/**
 * All blocks from a height on, in order, until the signal aborts: what there is already by fetches that run side by
 * side, then each new one as it comes. Throws `PrunedError` where the node does not keep the next block any more.
 */
export async function* blocksFrom(options: SourceOptions): AsyncGenerator<SourcedBlock> {
  const { signal, window = WINDOW } = options;
  let next = options.from;
  try {
    while (!signal.aborted) {
      for await (const sourced of backfill({ ...options, from: next, window })) {
        yield sourced;
        next = sourced.block.height + 1;
      }
      for await (const sourced of follow({ ...options, from: next })) {
        yield sourced;
        next = sourced.block.height + 1;
        if (sourced.head - next > window) break;
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof BlockUnavailableError
      ? new PrunedError(error.height, error.earliest, error)
      : error;
  }
}

async function* backfill({
  client,
  from,
  signal,
  window,
}: Required<SourceOptions>): AsyncGenerator<SourcedBlock> {
  const status = () => untilAnswered(() => client.status(), signal);
  const fetch = (height: number) => {
    const block = untilAnswered(() => client.fetchBlock(height), signal);
    // A later fetch may fail while an earlier one is awaited; its turn will tell.
    block.catch(() => undefined);
    return block;
  };
  let head = (await status()).height;
  let requested = from;
  const underWay: Promise<Block>[] = [];
  while (!signal.aborted) {
    while (underWay.length < window && requested <= head) underWay.push(fetch(requested++));
    const first = underWay.shift();
    if (first === undefined) return;
    yield { block: await first, head };
    if (underWay.length === 0) head = Math.max(head, (await status()).height);
  }
}

async function* follow({ client, from, signal }: SourceOptions): AsyncGenerator<SourcedBlock> {
  let head = 0;
  const timer = setInterval(() => {
    client.status().then(
      (status) => {
        head = Math.max(head, status.height);
      },
      // The follower itself copes with endpoints that do not answer.
      () => undefined,
    );
  }, STATUS_INTERVAL_MS);
  try {
    for await (const block of client.blocks({ from, signal })) {
      head = Math.max(head, block.height);
      yield { block, head };
    }
  } finally {
    clearInterval(timer);
  }
}
