// Takes all blocks of a node as one contender does, and prints the processor time that it took.
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { openReader, startIndexer } from '@dmcn/indexer';
import { cpuTime } from '../cpu-time.js';

const [kind = 'indexer', url = '', last = '0', dbPath = ''] = process.argv.slice(2);
const blocks = Number(last);
const WINDOW = 16;

/** Runs over all heights, so many at the same time. */
const overAll = async (take: (height: number) => Promise<number>): Promise<number> => {
  let next = 1;
  let events = 0;
  const one = async () => {
    while (next <= blocks) {
      const found = await take(next++);
      events += found;
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, one));
  return events;
};

let id = 0;
const call = async (method: string, height: number) => {
  id += 1;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: { height: `${height}` } }),
  });
  return JSON.parse(await response.text()).result;
};

const contenders: Readonly<Record<string, () => Promise<object>>> = {
  indexer: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const done = new AbortController();
    await startIndexer({
      client,
      dbPath,
      signal: done.signal,
      onProgress: ({ height }) => {
        if (height === blocks) done.abort();
      },
    });
    client.close();
    const cpu = cpuTime();
    const reader = openReader(dbPath);
    const rows = { events: Number(reader.get('totals', 1)?.events ?? 0n), digests: reader.digests() };
    reader.close();
    return { cpu, ...rows };
  },
  decode: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const events = await overAll(async (height) => (await client.fetchBlock(height)).events.length);
    client.close();
    return { cpu: cpuTime(), events };
  },
  floor: async () => {
    const events = await overAll(async (height) => {
      const [, results] = await Promise.all([call('block', height), call('block_results', height)]);
      return results.finalize_block_events.length;
    });
    return { cpu: cpuTime(), events };
  },
};

const before = cpuTime();
const told = (await contenders[kind]?.()) as { readonly cpu: number };
process.stdout.write(JSON.stringify({ ...told, cpu: told.cpu - before }));
process.exit(0);
