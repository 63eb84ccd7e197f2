// Goes on with the index named, as the product's indexer does, until it has the chain of so many jobs or is ended.
import { givingWay, startIndexer } from '@dmcn/indexer';
import { clientOf } from '@dmcn/indexer/testing';
import { chainOf } from './fixture.js';

const [dbPath = '', jobs = '0'] = process.argv.slice(2);
const { chainId, blocks } = chainOf(Number(jobs));
const giveWay = givingWay();
let told = false;
await startIndexer({
  client: clientOf(chainId, blocks),
  dbPath,
  signal: new AbortController().signal,
  last: blocks.length,
  onProgress: (progress) => {
    giveWay(progress);
    if (!told) process.send?.('ready');
    told = true;
  },
});
process.disconnect?.();
