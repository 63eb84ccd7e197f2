// Indexes a served chain into a file until it is killed: arguments are the file, the URL, the chain id and, where
// it drops old blocks, how many stay. Tells on stdout
// that it begins (`^`), when it got a block (`>`) and when a block is committed (`<`).
import { startIndexer } from '../indexer.js';
import { servedClient } from './served-chain.js';

const [dbPath = '', url = '', chainId = '', keep] = process.argv.slice(2);
const tell = (sign: string) => void process.stdout.write(sign);

tell('^');
await startIndexer({
  client: servedClient(url, chainId, () => tell('>')),
  dbPath,
  signal: new AbortController().signal,
  onProgress: () => tell('<'),
  ...(keep !== undefined && { keepBlocks: Number(keep) }),
});
