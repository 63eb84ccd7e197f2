import type { Block } from '@dmcn/chain-client';
import { checkFollows, checkSame } from './continuity.js';
import { REVISION } from './model/tables.js';
import { reduceBlock } from './reduce/index.js';
import type { Store } from './store/store.js';

/**
 * Takes one block into the index: its rows and the checkpoint in one transaction. A block that the index already has
 * changes nothing. `head` is the newest height known of the chain. Returns whether the block was new.
 * Throws the errors of `checkFollows` and `reduceBlock`; the index is then as it was.
 */
export const applyBlock = (store: Store, block: Block, head: number): boolean =>
  store.transaction(() => {
    const checkpoint = store.checkpoint();
    if (checkpoint !== undefined && block.height <= checkpoint.height) {
      checkSame(checkpoint, store.get('blocks', block.height), block);
      return false;
    }
    checkFollows(checkpoint, block);
    store.write(reduceBlock(store, block), {
      revision: REVISION,
      chainId: block.chainId,
      height: block.height,
      hash: block.hash,
      appHash: block.appHash,
      time: block.time.getTime(),
      head: Math.max(head, block.height),
    });
    return true;
  });
