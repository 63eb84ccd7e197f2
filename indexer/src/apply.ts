import type { Block } from '@dmcn/chain-client';
import { checkFollows, checkSame } from './continuity.js';
import { type Checkpoint, REVISION } from './model/tables.js';
import { reduceBlocks } from './reduce/index.js';
import type { Store } from './store/store.js';

/**
 * Takes blocks that follow each other into the index: their rows and the checkpoint in one transaction, each row written
 * once. What the index already has changes nothing. `head` is the newest height known of the chain. Returns how many
 * blocks were new.
 * Throws the errors of `checkFollows` and `reduceBlocks`; the index is then as it was.
 */
export const applyBlocks = (store: Store, blocks: readonly Block[], head: number): number =>
  store.transaction(() => {
    let checkpoint = store.checkpoint();
    const fresh: Block[] = [];
    for (const block of blocks) {
      if (checkpoint !== undefined && block.height <= checkpoint.height) {
        checkSame(checkpoint, store.get('blocks', block.height), block);
      } else {
        checkFollows(checkpoint, block);
        checkpoint = checkpointOf(block, head);
        fresh.push(block);
      }
    }
    if (checkpoint !== undefined && fresh.length > 0) store.write(reduceBlocks(store, fresh), checkpoint);
    return fresh.length;
  });

/** Takes one block into the index, as `applyBlocks` does. Returns whether it was new. */
export const applyBlock = (store: Store, block: Block, head: number): boolean =>
  applyBlocks(store, [block], head) > 0;

const checkpointOf = (block: Block, head: number): Checkpoint => ({
  revision: REVISION,
  chainId: block.chainId,
  height: block.height,
  hash: block.hash,
  appHash: block.appHash,
  time: block.time.getTime(),
  head: Math.max(head, block.height),
});
