import { type Block, BlockUnavailableError, type ChainClient } from '@dmcn/chain-client';
import { PrunedError } from '../errors.js';
import { pause, untilAnswered } from './retry.js';

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
  /** Told why nothing comes, each time that the node was asked in vain. */
  readonly onDelay?: (reason: unknown) => void;
}

const WINDOW = 16;
const STATUS_INTERVAL_MS = 2_000;
/** Looks at the node in which it had the next block and the follower did not get it. */
const PATIENCE = 5;

/**
 * All blocks from a height on, in order, until the signal aborts or the node's chain ends before that height: what there
 * is already by fetches that run side by side, then each new one as it comes. Throws `PrunedError` where the node does
 * not keep the next block any more.
 */
export async function* blocksFrom(options: SourceOptions): AsyncGenerator<SourcedBlock> {
  const { client, signal, onDelay = () => undefined, window = WINDOW } = options;
  let next = options.from;
  try {
    while (!signal.aborted) {
      const { height } = await untilAnswered(() => client.status(), signal, onDelay);
      if (height < next - 1) return;
      for (const source of [backfill, follow]) {
        for await (const sourced of source({ client, signal, onDelay, window, from: next, head: height })) {
          yield sourced;
          next = sourced.block.height + 1;
        }
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof BlockUnavailableError
      ? new PrunedError(error.height, error.earliest, error)
      : error;
  }
}

interface Stretch extends Required<SourceOptions> {
  /** Newest height known. */
  readonly head: number;
}

/** What there is already. */
async function* backfill(stretch: Stretch): AsyncGenerator<SourcedBlock> {
  const { client, from, signal, window, onDelay } = stretch;
  let { head } = stretch;
  const fetch = (height: number) => {
    const block = untilAnswered(() => client.fetchBlock(height), signal, onDelay);
    // A later fetch may fail while an earlier one is awaited; its turn will tell.
    block.catch(() => undefined);
    return block;
  };
  let requested = from;
  const underWay: Promise<Block>[] = [];
  while (!signal.aborted) {
    while (underWay.length < window && requested <= head) underWay.push(fetch(requested++));
    const first = underWay.shift();
    if (first === undefined) return;
    yield { block: await first, head };
    if (underWay.length === 0) {
      const { height } = await untilAnswered(() => client.status(), signal, onDelay);
      head = Math.max(head, height);
    }
  }
}

/**
 * Each new block as it comes. Ends where the node should be asked again: there are many to catch up on, or the node has
 * the next block and it does not come, or the node's chain has become shorter.
 */
async function* follow({ client, from, signal, window, onDelay }: Stretch): AsyncGenerator<SourcedBlock> {
  const end = new AbortController();
  let head = 0;
  let next = from;
  const watch = async () => {
    for (let waited = 0, before = next; ; before = next) {
      await pause(STATUS_INTERVAL_MS, end.signal);
      const status = await client.status().catch((error: unknown) => {
        if (!end.signal.aborted) onDelay(error);
      });
      if (end.signal.aborted) return;
      if (!status) continue;
      head = Math.max(head, status.height);
      waited = next === before && status.height >= next ? waited + 1 : 0;
      if (waited >= PATIENCE || status.height < next - 1) end.abort();
    }
  };
  void watch();
  try {
    for await (const block of client.blocks({ from, signal: AbortSignal.any([signal, end.signal]) })) {
      head = Math.max(head, block.height);
      yield { block, head };
      next = block.height + 1;
      if (head - next > window) return;
    }
  } finally {
    end.abort();
  }
}
