// Indexes serialised blocks into a file and tells each height, until it is killed.
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { deserialize } from 'node:v8';
import type { Block } from '@dmcn/chain-client';
import { startIndexer } from '../indexer.js';
import { clientOf } from './client.js';

const [dbPath = '', blocksPath = ''] = process.argv.slice(2);
const blocks: readonly Block[] = deserialize(readFileSync(blocksPath));
setInterval(() => undefined, 1_000);
await startIndexer({
  client: clientOf(blocks[0]?.chainId ?? '', blocks),
  dbPath,
  signal: new AbortController().signal,
  onProgress: ({ height }) => {
    process.stdout.write(`${height}\n`);
  },
});
