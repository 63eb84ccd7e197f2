import { applyBlock } from './apply.js';
import { checkSame } from './continuity.js';
import { NodeBehindError, WrongChainError } from './errors.js';
import { pause, untilAnswered } from './source/retry.js';
import { type BlockClient, blocksFrom } from './source/source.js';
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
  /** Ends it after the block at hand. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told again and again why there is no progress, while a node does not answer, answers nonsense, or is behind. */
  readonly onDelay?: (reason: unknown) => void;
}

const BEHIND_MS = 2_000;

/**
 * Indexes a chain: from where the database ends, or the chain's first block, to the newest block and on with each new
 * one, until the signal aborts. Nodes that do not answer only delay it. Can be killed and started again at any time.
 * Throws `WrongChainError`, `ForkedChainError`, `PrunedError`, `OutdatedIndexError`, `ReducerError`, and what `openStore`
 * throws of the file: each says what to do.
 */
export const startIndexer = async (options: IndexerOptions): Promise<void> => {
  const { client, dbPath, signal, onProgress, onDelay = () => undefined } = options;
  const store = openStore(dbPath);
  try {
    while (!signal.aborted) {
      await checkChain(store, { client, signal, onDelay });
      const from = (store.checkpoint()?.height ?? 0) + 1;
      for await (const { block, head } of blocksFrom({ client, from, signal, onDelay })) {
        applyBlock(store, block, head);
        onProgress?.({ height: block.height, head, lag: head - block.height, events: block.events.length });
        if (signal.aborted) return;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    store.close();
  }
};

type Watch = Required<Pick<IndexerOptions, 'client' | 'signal' | 'onDelay'>>;

/** Compares the newest block that index and node both have. A node that is behind the index is waited for a little. */
const checkChain = async (store: Store, { client, signal, onDelay }: Watch): Promise<void> => {
  const checkpoint = store.checkpoint();
  if (checkpoint === undefined) return;
  if (client.chainId !== checkpoint.chainId) throw new WrongChainError(checkpoint.chainId, client.chainId);
  const { height, earliestHeight } = await untilAnswered(() => client.status(), signal, onDelay);
  const common = Math.min(height, checkpoint.height);
  if (common >= earliestHeight) {
    const block = await untilAnswered(() => client.fetchBlock(common), signal, onDelay);
    checkSame(checkpoint, store.get('blocks', common), block);
  }
  if (height < checkpoint.height) {
    onDelay(new NodeBehindError(checkpoint.height, height));
    await pause(BEHIND_MS, signal);
  }
};
