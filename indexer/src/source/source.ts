import { type Block, BlockUnavailableError, type ChainClient, type FetchedBlock } from '@dmcn/chain-client';
import { PrunedError } from '../errors.js';
import { pause, untilAnswered } from './retry.js';
import { StretchSize } from './stretch-size.js';

/** What the indexer needs of a chain client. */
export type BlockClient = Pick<ChainClient, 'chainId' | 'status' | 'fetchBlock' | 'fetchBlocks' | 'blocks'>;

/** Blocks that follow each other, at least one, with the newest height of the chain that is known meanwhile. */
export interface Sourced {
  readonly blocks: readonly FetchedBlock[];
  readonly head: number;
}

export interface SourceOptions {
  readonly client: BlockClient;
  /** First height. */
  readonly from: number;
  /** Last height; none unless given. */
  readonly last?: number;
  readonly signal: AbortSignal;
  /** Told why nothing comes, each time that the node was asked in vain. */
  readonly onDelay?: (reason: unknown) => void;
}

/** Blocks to catch up on that are worth fetching in stretches again. */
const FAR_BEHIND = 64;
/** Stretches that are under way at the same time. */
const STRETCHES = 2;
const STATUS_INTERVAL_MS = 2_000;
/** Looks at the node in which it had the next block and the follower did not get it. */
const PATIENCE = 5;

/**
 * All blocks from a height on, in order, until the signal aborts, the last one came or the node's chain ends before that
 * height: what there is already by fetches that run side by side, then each new one as it comes. Throws `PrunedError` where
 * the node does not keep the next block any more.
 */
export async function* blocksFrom(options: SourceOptions): AsyncGenerator<Sourced> {
  const { client, signal, onDelay = () => undefined } = options;
  const { last = Number.POSITIVE_INFINITY } = options;
  let next = options.from;
  try {
    while (!signal.aborted && next <= last) {
      const { height } = await untilAnswered(() => client.status(), signal, onDelay);
      if (height < next - 1) return;
      for (const source of [backfill, follow]) {
        for await (const sourced of source({
          client,
          signal,
          onDelay,
          from: next,
          last,
          head: height,
        })) {
          yield sourced;
          next += sourced.blocks.length;
        }
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw prunedOr(error);
  }
}

/** One block, whenever it comes. Throws as `blocksFrom`. */
export const blockAt = async (
  height: number,
  { client, signal, onDelay }: Pick<SourceOptions, 'client' | 'signal' | 'onDelay'>,
): Promise<Block> => {
  try {
    return await untilAnswered(() => client.fetchBlock(height), signal, onDelay);
  } catch (error) {
    throw prunedOr(error);
  }
};

const prunedOr = (error: unknown): unknown =>
  error instanceof BlockUnavailableError ? new PrunedError(error.height, error.earliest, error) : error;

interface Stretch extends Required<SourceOptions> {
  /** Newest height known. */
  readonly head: number;
}

/** Blocks that were asked for: at least the first one comes, or it fails. */
interface Asked {
  readonly from: number;
  readonly to: number;
  readonly came: Promise<{ readonly blocks: readonly FetchedBlock[]; readonly ms: number }>;
}

/** What there is already. */
async function* backfill(stretch: Stretch): AsyncGenerator<Sourced> {
  const { client, last, signal, onDelay } = stretch;
  let { head, from: next } = stretch;
  const ask = (from: number, to: number): Asked => {
    const start = performance.now();
    const came = untilAnswered(() => client.fetchBlocks(from, to), signal, onDelay).then((blocks) => ({
      blocks,
      ms: performance.now() - start,
    }));
    // Later ones may fail while earlier ones are awaited; their turn will tell.
    came.catch(() => undefined);
    return { from, to, came };
  };
  const underWay: Asked[] = [];
  const size = new StretchSize();
  while (!signal.aborted) {
    const end = Math.min(head, last);
    while (next <= end && underWay.length < STRETCHES) {
      const to = Math.min(next + size.now - 1, end);
      underWay.push(ask(next, to));
      next = to + 1;
    }
    const asked = underWay.shift();
    if (asked === undefined) return;
    const { blocks, ms } = await asked.came;
    size.saw(blocks, ms);
    yield { blocks, head };
    const rest = asked.from + blocks.length;
    if (rest <= asked.to) underWay.unshift(ask(rest, asked.to));
    else if (underWay.length === 0) {
      const { height } = await untilAnswered(() => client.status(), signal, onDelay);
      head = Math.max(head, height);
    }
  }
}

/**
 * Each new block as it comes. Ends where the node should be asked again: there are many to catch up on, or the node has
 * the next block and it does not come, or the node's chain has become shorter.
 */
async function* follow({ client, from, last, signal, onDelay }: Stretch): AsyncGenerator<Sourced> {
  if (from > last) return;
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
      yield { blocks: [{ height: block.height, size: 0, read: () => block }], head };
      next = block.height + 1;
      if (head - next > FAR_BEHIND || next > last) return;
    }
  } finally {
    end.abort();
  }
}
