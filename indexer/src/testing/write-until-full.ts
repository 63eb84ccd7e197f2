// Writes the blocks of a chain into the file named until that fails, and tells in JSON why and how far it came.
import { applyBlock } from '../apply.js';
import { openStore } from '../store/store.js';
import { Network } from './network.js';
import { picks, play } from './play.js';

const { blocks } = play(new Network(), picks(8, 700));
const store = openStore(process.argv[2] ?? '');
let height = 0;
try {
  for (const block of blocks) {
    applyBlock(store, block, blocks.length);
    height = block.height;
  }
} catch (error) {
  process.stdout.write(JSON.stringify({ error: error instanceof Error ? error.message : error, height }));
}
