import { BadResponseError, type Block } from '@dmcn/chain-client';
import { applyBlock, applyBlocks } from './apply.js';
import { checkSame } from './continuity.js';
import { NodeBehindError, WrongChainError } from './errors.js';
import { pause, untilAnswered } from './source/retry.js';
import { type BlockClient, blockAt, blocksFrom, type Sourced } from './source/source.js';
import { openStore, type Store } from './store/store.js';

/** How far the indexer is, after a block. */
export interface Progress {
  readonly height: number;
  /** Newest height of the chain that is known. */
  readonly head: number;
  /** Blocks that are still to come. */
  readonly lag: number;
  /** Events of the block. */
  readonly events: number;
}

export interface IndexerOptions {
  readonly client: BlockClient;
  /** Database file, made where there is none. */
  readonly dbPath: string;
  /** Ends it after the blocks at hand. */
  readonly signal: AbortSignal;
  /** The height after which it ends; it goes on for ever unless given. */
  readonly last?: number;
  /**
   * How many blocks stay, with the moves of reputation and bonds, the seeds and the sums by minute of their time; all do
   * unless given. At least `LEAST_KEPT`.
   */
  readonly keepBlocks?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Told again and again why there is no progress, while a node does not answer, answers nonsense, or is behind. */
  readonly onDelay?: (reason: unknown) => void;
}

const BEHIND_MS = 2_000;

/** What the API reckons with of the newest blocks, and a node that is behind is compared by. */
export const LEAST_KEPT = 1_000;

/**
 * Indexes a chain: from where the database ends, or the chain's first block, to the newest block and on with each new
 * one, until the signal aborts or it has the last one. Nodes that do not answer only delay it. Can be killed and started again at any time.
 * Throws `RangeError` for options that cannot work, `WrongChainError`, `ForkedChainError`, `PrunedError`, `OutdatedIndexError`, `ReducerError`, and what `openStore`
 * throws of the file: each says what to do.
 */
export const startIndexer = async (options: IndexerOptions): Promise<void> => {
  const { client, dbPath, signal, last, keepBlocks, onDelay = () => undefined } = options;
  if (keepBlocks !== undefined && keepBlocks < LEAST_KEPT)
    throw new RangeError(`keep at least ${LEAST_KEPT} blocks, not ${keepBlocks}`);
  const store = openStore(dbPath);
  try {
    while (!signal.aborted) {
      await checkChain(store, { client, signal, onDelay });
      const from = (store.checkpoint()?.height ?? 0) + 1;
      if (last !== undefined && from > last) return;
      const source = { client, from, signal, onDelay, ...(last !== undefined && { last }) };
      for await (const sourced of blocksFrom(source)) {
        await take(store, sourced, options);
        if (signal.aborted) return;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    store.close();
  }
};

/**
 * Takes blocks into the index in one transaction, and reads each when its turn comes. Where that fails, each is fetched and
 * taken by itself, so that the index has all before the one that is to blame.
 */
const take = async (store: Store, { blocks, head }: Sourced, options: IndexerOptions): Promise<void> => {
  const { keepBlocks, onProgress, signal } = options;
  const taken: Progress[] = [];
  function* read(): Generator<Block> {
    for (const fetched of blocks) {
      const block = fetched.read();
      taken.push(progressOf(block, head));
      yield block;
    }
  }
  try {
    applyBlocks(store, read(), head, keepBlocks);
  } catch (error) {
    if (blocks.length === 1 && !(error instanceof BadResponseError)) throw error;
    for (const { height } of blocks) {
      const block = await blockAt(height, options);
      applyBlock(store, block, head, keepBlocks);
      onProgress?.(progressOf(block, head));
      if (signal.aborted) return;
    }
    return;
  }
  for (const progress of taken) onProgress?.(progress);
};

const progressOf = ({ height, events }: Block, head: number): Progress => ({
  height,
  head,
  lag: head - height,
  events: events.length,
});

type Watch = Required<Pick<IndexerOptions, 'client' | 'signal' | 'onDelay'>>;

/** Compares the newest block that index and node both have. A node that is behind the index is waited for a little. */
const checkChain = async (store: Store, { client, signal, onDelay }: Watch): Promise<void> => {
  const checkpoint = store.checkpoint();
  if (checkpoint === undefined) return;
  if (client.chainId !== checkpoint.chainId) throw new WrongChainError(checkpoint.chainId, client.chainId);
  const { height, earliestHeight } = await untilAnswered(() => client.status(), signal, onDelay);
  const common = Math.min(height, checkpoint.height);
  const known = store.get('blocks', common) !== undefined || common > checkpoint.prunedHeight;
  if (common >= earliestHeight && known) {
    const block = await untilAnswered(() => client.fetchBlock(common), signal, onDelay);
    checkSame(checkpoint, store.get('blocks', common), block);
  }
  if (height < checkpoint.height) {
    onDelay(new NodeBehindError(checkpoint.height, height));
    await pause(BEHIND_MS, signal);
  }
};
