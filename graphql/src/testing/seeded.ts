import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  picks,
  play,
  register,
  storeModule,
  submitJob,
} from '@dmcn/indexer/testing';
import { type AppOptions, createApp } from '../app.js';

/** A chain with a job of 12 units in 3 batches, all paid to two workers, and much else after it. */
const chain = (): Network => {
  const net = new Network();
  const workers = [register(net, 0), register(net, 1)];
  const job = submitJob(net, storeModule(net, 1), 12, 4);
  net.endBlock();
  for (const i of [0, 1, 2]) {
    const batch = draw(net, job, workers[i % 2] ?? register(net, 9));
    net.endBlock();
    for (const act of [accept, commit, coinsOver, open, finish]) {
      act(net, batch);
      net.endBlock();
    }
  }
  return play(net, picks(7, 1_200));
};

/** The API over a file of its own with that chain in it, or another one, `behind` blocks before the chain's newest. */
export const seeded = ({
  behind = 0,
  net = chain(),
  ...options
}: Partial<AppOptions> & { readonly behind?: number; readonly net?: Network } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-graphql-'));
  const dbPath = join(folder, 'index.db');
  const store = openStore(dbPath);
  for (const block of net.blocks) applyBlock(store, block, net.blocks.length + behind);
  const app = createApp({ dbPath, ...options });

  const request = (document: object) => {
    const body = JSON.stringify(document);
    const headers = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` };
    return app.yoga.fetch('http://test/graphql', { method: 'POST', headers, body });
  };
  const post = (query: string, variables: object = {}) => request({ query, variables });
  return {
    net,
    store,
    dbPath,
    yoga: app.yoga,
    request,
    post,
    /** The whole answer to an operation. */
    ask: async (query: string, variables: object = {}) => (await post(query, variables)).json(),
    get: (path: string) => app.yoga.fetch(`http://test${path}`),
    close: async () => {
      await app.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
