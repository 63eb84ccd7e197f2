import {
  accept,
  applyBlock,
  coinsOver,
  commit,
  draw,
  finish,
  Network,
  open,
  openStore,
  register,
  storeModule,
  submitJob,
} from '@dmcn/indexer/testing';

const WORKERS = 8;
const UNITS = 20;
const BATCH = 4;

/** A chain whose jobs, of 20 units in 5 batches each, are all paid, one after the other. The same one each time. */
export const chainOf = (jobs: number): Network => {
  const net = new Network();
  const workers = Array.from({ length: WORKERS }, (_, i) => register(net, i));
  const module = storeModule(net, 1);
  net.endBlock();
  for (let i = 0; i < jobs; i += 1) {
    const job = submitJob(net, module, UNITS, BATCH);
    const drawn = Array.from({ length: UNITS / BATCH }, (_, batch) => {
      const worker = workers[(i + batch) % WORKERS];
      if (worker === undefined) throw new RangeError('there is no such worker');
      return draw(net, job, worker);
    });
    net.endBlock();
    for (const act of [accept, commit, coinsOver, open, finish]) {
      for (const batch of drawn) act(net, batch);
      net.endBlock();
    }
  }
  return net;
};

/** Indexes the first blocks of a chain into a new file. */
export const indexInto = (dbPath: string, net: Network, blocks = net.blocks.length): void => {
  const store = openStore(dbPath);
  for (const block of net.blocks.slice(0, blocks)) applyBlock(store, block, net.blocks.length);
  store.close();
};

const CHUNK = 10_000;

/** Adds copies of job 1 until there are so many jobs. */
export const addJobs = (dbPath: string, jobs: number): void => {
  const store = openStore(dbPath);
  const template = store.get('jobs', 1n);
  const checkpoint = store.checkpoint();
  if (template === undefined || checkpoint === undefined) throw new RangeError('there is no job to copy');
  for (let id = 1_000_000n, left = jobs; left > 0; left -= CHUNK) {
    const rows = Array.from({ length: Math.min(left, CHUNK) }, () => {
      id += 1n;
      return {
        table: 'jobs' as const,
        row: { ...template, id, requester: `dmcn1requester${id % 5_000n}`, maxPrice: 1_000n + (id % 997n) },
      };
    });
    store.transaction(() => store.write(rows, checkpoint));
  }
  store.close();
};
