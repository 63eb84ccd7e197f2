import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEAST_KEPT, startIndexer } from './indexer.js';
import { put } from './model/change.js';
import { openReader, type Reader } from './store/reader/reader.js';
import { openStore } from './store/store.js';
import { clientOf, Network, picks, play } from './testing/index.js';
import { verifyIndex } from './verify/rebuild.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-prune-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

/** A chain of which much happens at first, and something in every block. */
const chain = (): Network => {
  const net = play(new Network(), picks(5, 2_000));
  while (net.blocks.length < LEAST_KEPT + 1_500) {
    for (const worker of net.workers.values()) {
      net.emit('LoadChanged', { owner: worker.owner, oldLoad: worker.load, newLoad: worker.load });
    }
    net.emit('Minted', { account: 'a', amount: 1n });
    net.endBlock();
  }
  return net;
};

const net = chain();
const client = clientOf(net.chainId, net.blocks);
const last = net.blocks.length;

const index = (dbPath: string, keepBlocks?: number, to = last) =>
  startIndexer({
    client,
    dbPath,
    signal: new AbortController().signal,
    last: to,
    ...(keepBlocks !== undefined && { keepBlocks }),
  });

const reading = <T>(dbPath: string, read: (reader: Reader) => T): T => {
  const reader = openReader(dbPath);
  try {
    return read(reader);
  } finally {
    reader.close();
  }
};

const pruned = ['blocks', 'seeds', 'reputationHistory', 'bondHistory', 'failures'];
const byMinute = ['marketPeriods', 'earningPeriods', 'supplyPeriods'];

test('only blocks and series get fewer, and everything that lasts stays as it is', async () => {
  await index(path('whole.db'));
  await index(path('thin.db'), LEAST_KEPT);
  const [whole, thin] = [path('whole.db'), path('thin.db')].map((db) => reading(db, (r) => r.digests()));
  const differing = Object.entries(whole ?? {}).flatMap(([table, digest]) =>
    thin?.[table as keyof typeof thin] === digest ? [] : [table],
  );
  expect(differing).toEqual(expect.arrayContaining(['blocks', 'reputationHistory', 'bondHistory']));
  for (const table of differing) expect([...pruned, ...byMinute]).toContain(table);
  reading(path('thin.db'), (reader) => {
    expect(reader.checkpoint()?.prunedHeight).toBe(last - LEAST_KEPT);
    expect(reader.get('blocks', last - LEAST_KEPT + 1)).toBeDefined();
    for (const { node } of reader.blocks.page({}, { field: 'height' }, { size: 5_000 }).edges) {
      expect(node.height > last - LEAST_KEPT || node.named).toBe(true);
    }
    for (const { node } of reader.payments.page({}, { field: 'place' }, { size: 5_000 }).edges) {
      expect(reader.get('blocks', node.height), `block ${node.height} of a payment`).toBeDefined();
    }
    for (const { node } of reader.jobs.page({}, { field: 'id' }, { size: 5_000 }).edges) {
      for (const height of [node.submittedHeight, node.settledHeight || last]) {
        expect(reader.get('blocks', height), `block ${height} of job ${node.id}`).toBeDefined();
      }
    }
    expect(reader.supplyPeriods.count({ size: 'minute' })).toBeLessThan(last / 60);
    expect(reader.supplyPeriods.count({ size: 'hour' })).toBeGreaterThan(0);
  });
});

test('an index that was whole gets thin, and is as one that was thin from the first block', async () => {
  await index(path('late.db'), undefined, LEAST_KEPT);
  await index(path('late.db'), LEAST_KEPT);
  await index(path('early.db'), LEAST_KEPT);
  const [late, early] = [path('late.db'), path('early.db')].map((db) => reading(db, (r) => r.digests()));
  expect(late).toEqual(early);
});

test('a thin index is verified by what it has, and a wrong row is still found', async () => {
  const dbPath = path('thin.db');
  await index(dbPath, LEAST_KEPT);
  const options = { client, dbPath, signal: new AbortController().signal };
  expect((await verifyIndex(options)).differing).toEqual([]);
  const store = openStore(dbPath);
  const block = store.get('blocks', last - 5) ?? expect.fail();
  const checkpoint = store.checkpoint() ?? expect.fail();
  store.transaction(() => store.write([put('blocks', { ...block, txs: 77 })], checkpoint));
  store.close();
  expect((await verifyIndex(options)).differing).toEqual(['blocks']);
});

test('a thin index waits for a node that was set back behind what it kept', async () => {
  await index(path('thin.db'), LEAST_KEPT);
  const behind = net.blocks.slice(0, 50);
  const stop = new AbortController();
  const reasons: unknown[] = [];
  await startIndexer({
    client: clientOf(net.chainId, behind),
    dbPath: path('thin.db'),
    signal: stop.signal,
    onDelay: (reason) => {
      reasons.push(reason);
      stop.abort();
    },
  });
  expect(reasons).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/the node with block 50/) }),
  ]);
});

test('error: too few to keep', async () => {
  await expect(index(path('x.db'), 5)).rejects.toThrow(/keep at least 1000 blocks, not 5/);
});
