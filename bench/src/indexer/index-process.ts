// Takes all blocks of a node as one contender does, and prints the processor time of those after it got warm.
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { startIndexer } from '@dmcn/indexer';
import { cpuTime } from '../cpu-time.js';
import { fetchAndParse } from './floor.js';
import { overStretches } from './stretches.js';

const [kind = 'indexer', url = '', last = '0', warm = '0', dbPath = ''] = process.argv.slice(2);
const blocks = Number(last);

let done = 0;
let start: { readonly cpu: number; readonly done: number } | undefined;
/** Told of blocks that are done. */
const onBlocks = (count: number) => {
  done += count;
  if (done >= Number(warm)) start ??= { cpu: cpuTime(), done };
};

/** As many as the indexer asks for at first, twice. */
const TYPED = { blocks, together: 36, parallel: 2, onBlocks };
/** One batch of what nodes take, with the headers as the tenth call. */
const PARSED = { blocks, together: 9, parallel: 8, onBlocks };

const contenders: Readonly<Record<string, () => Promise<number>>> = {
  indexer: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const end = new AbortController();
    let [events, written] = [0, 0];
    const tell = () => {
      onBlocks(written);
      written = 0;
    };
    await startIndexer({
      client,
      dbPath,
      signal: end.signal,
      onProgress: (progress) => {
        // Blocks that were written together are told one right after the other.
        if (written === 0) queueMicrotask(tell);
        written += 1;
        events += progress.events;
        if (progress.height === blocks) end.abort();
      },
    });
    client.close();
    return events;
  },
  typed: async () => {
    const client = await connectCosmos({ endpoints: [url], websocket: false });
    const events = await overStretches(TYPED, async (from, to) => {
      const fetched = await client.fetchBlocks(from, to);
      return fetched.reduce((sum, block) => sum + block.read().events.length, 0);
    });
    client.close();
    return events;
  },
  parsed: () => overStretches(PARSED, fetchAndParse(url, true)),
  json: () => overStretches(PARSED, fetchAndParse(url, false)),
};

const events = await contenders[kind]?.();
const { cpu, done: before } = start ?? { cpu: Number.NaN, done: 0 };
process.stdout.write(JSON.stringify({ cpu: (cpuTime() - cpu) / (blocks - before), events }));
process.exit(0);
