// Goes on with the index named, block by block, until it has the chain of so many jobs or is ended.
import { applyBlock, openStore } from '@dmcn/indexer/testing';
import { chainOf } from './fixture.js';

const [dbPath = '', jobs = '0'] = process.argv.slice(2);
const { blocks } = chainOf(Number(jobs));
const store = openStore(dbPath);
const from = store.checkpoint()?.height ?? 0;
process.send?.('ready');
for (const block of blocks.slice(from)) {
  applyBlock(store, block, blocks.length);
  await new Promise(setImmediate);
}
store.close();
process.disconnect?.();
