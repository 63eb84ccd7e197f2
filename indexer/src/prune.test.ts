import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NoIndexError } from './errors.js';
import { LEAST_KEPT, startIndexer } from './indexer.js';
import { put, remove } from './model/change.js';
import { backupIndex } from './store/backup.js';
import { openReader, type Reader } from './store/reader/reader.js';
import { openStore } from './store/store.js';
import { clientOf, Network } from './testing/index.js';
import { quietlyTo } from './testing/quietly.js';
import { ServedChain } from './testing/served-chain.js';
import { verifyIndex } from './verify/rebuild.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-prune-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

const net = quietlyTo(new Network(), LEAST_KEPT + 1_500, 5);
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

const program = fileURLToPath(new URL('../dist/testing/index-served.js', import.meta.url));

interface Copy {
  readonly copy: string;
  readonly height: number;
}

/** 0 while there is no index. */
const heightOf = (dbPath: string): number => {
  try {
    return reading(dbPath, (reader) => reader.checkpoint()?.height ?? 0);
  } catch (error) {
    if (error instanceof NoIndexError) return 0;
    throw error;
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
  const wrong = [remove('blocks', block.height), put('blocks', { ...block, txs: 77 })];
  store.transaction(() => store.write(wrong, checkpoint));
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

test('a copy that is taken while an index is written and pruned is an index of its height', async () => {
  const chain = await ServedChain.start(net.chainId, net.blocks);
  const dbPath = path('live.db');
  const child = spawn(process.execPath, [program, dbPath, chain.url, net.chainId, String(LEAST_KEPT)]);
  const closed = once(child, 'close');
  try {
    const copies: Copy[] = [];
    chain.arrive(LEAST_KEPT + 100);
    while (copies.length < 4) {
      const before = copies.at(-1)?.height ?? LEAST_KEPT;
      await expect.poll(() => heightOf(dbPath), { timeout: 60_000, interval: 5 }).toBeGreaterThan(before);
      chain.arrive(100);
      const copy = path(`copy-${copies.length}.db`);
      backupIndex(dbPath, copy);
      copies.push({ copy, height: heightOf(copy) });
    }
    for (const { copy, height } of copies) {
      const again = path(`again-${height}.db`);
      await index(again, LEAST_KEPT, height);
      expect(reading(copy, (reader) => reader.checkpoint()?.prunedHeight)).toBe(height - LEAST_KEPT);
      expect(reading(copy, (reader) => reader.digests())).toEqual(
        reading(again, (reader) => reader.digests()),
      );
    }
  } finally {
    child.kill('SIGKILL');
    await closed;
    chain.stop();
  }
}, 120_000);

test('error: too few to keep', async () => {
  await expect(index(path('x.db'), 5)).rejects.toThrow(/keep at least 1000 blocks, not 5/);
});
