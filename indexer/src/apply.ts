import type { Block } from '@dmcn/chain-client';
import { checkFollows, checkSame } from './continuity.js';
import { type Checkpoint, REVISION } from './model/tables.js';
import { reduceBlocks } from './reduce/index.js';
import type { Store } from './store/store.js';

/**
 * Takes blocks that follow each other into the index: their rows and the checkpoint in one transaction, each row written
 * once. What the index already has changes nothing. `head` is the newest height known of the chain; of older blocks than
 * the newest `keepBlocks`, series are dropped, a little at a time. Returns how many
 * blocks were new.
 * Throws the errors of `checkFollows` and `reduceBlocks`; the index is then as it was.
 */
export const applyBlocks = (
  store: Store,
  blocks: Iterable<Block>,
  head: number,
  keepBlocks?: number,
): number =>
  store.transaction(() => {
    const before = store.checkpoint();
    let checkpoint = before;
    let added = 0;
    function* fresh(): Generator<Block> {
      for (const block of blocks) {
        if (checkpoint !== undefined && block.height <= checkpoint.height) {
          checkSame(checkpoint, store.get('blocks', block.height), block);
        } else {
          checkFollows(checkpoint, block);
          checkpoint = checkpointOf(block, head);
          added += 1;
          yield block;
        }
      }
    }
    const changes = reduceBlocks(store, fresh(), store.append);
    if (checkpoint === undefined || added === 0) return 0;
    const pruned = before?.prunedHeight ?? 0;
    const oldest = keepBlocks === undefined ? 0 : checkpoint.height - keepBlocks;
    const prunedHeight = Math.max(pruned, Math.min(oldest, pruned + added + PRUNED_AT_ONCE));
    store.write(changes, { ...checkpoint, prunedHeight });
    if (prunedHeight > pruned) store.prune(pruned, prunedHeight);
    return added;
  });

/** Heights that a transaction drops at most beyond those that it adds: an index that was whole gets thin bit by bit. */
const PRUNED_AT_ONCE = 200;

/** Takes one block into the index, as `applyBlocks` does. Returns whether it was new. */
export const applyBlock = (store: Store, block: Block, head: number, keepBlocks?: number): boolean =>
  applyBlocks(store, [block], head, keepBlocks) > 0;

const checkpointOf = (block: Block, head: number): Checkpoint => ({
  revision: REVISION,
  chainId: block.chainId,
  height: block.height,
  hash: block.hash,
  appHash: block.appHash,
  time: block.time.getTime(),
  head: Math.max(head, block.height),
  prunedHeight: 0,
});
