// Takes all blocks of a node as one contender does, and prints the processor time of those after it got warm.
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { startIndexer } from '@dmcn/indexer';
import { cpuTime } from '../cpu-time.js';

const [kind = 'indexer', url = '', last = '0', warm = '0', dbPath = ''] = process.argv.slice(2);
const blocks = Number(last);
const WINDOW = 16;

let from = 0;
/** Told each block that is done. */
const onHeight = (height: number) => {
  if (height === Number(warm)) from = cpuTime();
};

/** Runs over all heights, so many at the same time. */
const overAll = async (take: (height: number) => Promise<number>): Promise<number> => {
  let next = 1;
  let events = 0;
  const one = async () => {
    while (next <= blocks) {
      const height = next++;
      const found = await take(height);
      events += found;
      onHeight(height);
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

const fetchAndParse = (values: boolean) =>
  overAll(async (height) => {
    const [, results] = await Promise.all([call('block', height), call('block_results', height)]);
    if (values) {
      for (const { attributes } of results.finalize_block_events) {
        for (const { key, value } of attributes) if (key !== 'mode') JSON.parse(value);
      }
    }
    return results.finalize_block_events.length;
  });

const contenders: Readonly<Record<string, () => Promise<number>>> = {
  indexer: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const done = new AbortController();
    let events = 0;
    await startIndexer({
      client,
      dbPath,
      signal: done.signal,
      onProgress: (progress) => {
        events += progress.events;
        onHeight(progress.height);
        if (progress.height === blocks) done.abort();
      },
    });
    client.close();
    return events;
  },
  typed: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const events = await overAll(async (height) => (await client.fetchBlock(height)).events.length);
    client.close();
    return events;
  },
  parsed: () => fetchAndParse(true),
  json: () => fetchAndParse(false),
};

const events = await contenders[kind]?.();
process.stdout.write(JSON.stringify({ cpu: (cpuTime() - from) / (blocks - Number(warm)), events }));
process.exit(0);
