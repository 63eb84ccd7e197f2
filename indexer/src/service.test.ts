import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { applyBlock } from './apply.js';
import { BackupExistsError, CorruptIndexError, NoIndexError, ServicePortError } from './errors.js';
import { serveIndexer } from './service.js';
import { backupIndex } from './store/backup.js';
import { compareTable } from './store/compare.js';
import { openReader } from './store/reader/reader.js';
import { openStore } from './store/store.js';
import { clientOf, Network, picks, play } from './testing/index.js';
import { verifyIndex } from './verify/rebuild.js';
import { verifyState } from './verify/state.js';

const folder = mkdtempSync(join(tmpdir(), 'dmcn-service-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('service: not ready until caught up, and metrics', async () => {
  const service = await serveIndexer({ port: 0 });
  const get = (path: string) => fetch(`${service.url}${path}`);
  expect((await get('/ready')).status).toBe(503);
  service.onProgress({ height: 3, head: 9, lag: 6, events: 4 });
  expect((await get('/ready')).status).toBe(503);
  expect(await (await get('/health')).json()).toMatchObject({ status: 'catching up', height: 3, lag: 6 });
  service.onProgress({ height: 9, head: 9, lag: 0, events: 2 });
  expect((await get('/ready')).status).toBe(200);
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toContain('# TYPE dmcn_indexer_events_total counter\ndmcn_indexer_events_total 6\n');
  expect(metrics).toContain('dmcn_indexer_height 9\n');
  service.onDelay(new Error('the node is away'));
  expect((await get('/ready')).status).toBe(503);
  expect(await (await get('/health')).json()).toMatchObject({ waitingFor: 'the node is away' });
  expect((await get('/')).status).toBe(404);
  await service.close();
});

test('error: a port that something else serves', async () => {
  const first = await serveIndexer({ port: 0 });
  const port = Number(new URL(first.url).port);
  await expect(serveIndexer({ port })).rejects.toThrow(ServicePortError);
  await expect(serveIndexer({ port })).rejects.toThrow(
    new RegExp(`port ${port} of 127.0.0.1 cannot be served; choose another one`),
  );
  await first.close();
});

test('backup: whole and as of one block, while the writer goes on', () => {
  const { blocks } = play(new Network(), picks(3, 300));
  const dbPath = join(folder, 'index.db');
  const copy = join(folder, 'copy.db');
  const store = openStore(dbPath);
  const half = Math.floor(blocks.length / 2);
  for (const block of blocks.slice(0, half)) applyBlock(store, block, blocks.length);
  const before = store.digests();
  backupIndex(dbPath, copy);
  for (const block of blocks.slice(half)) applyBlock(store, block, blocks.length);
  const reader = openReader(copy);
  expect(reader.checkpoint()?.height).toBe(half);
  expect(reader.digests()).toEqual(before);
  reader.close();
  store.close();
  expect(() => backupIndex(dbPath, copy)).toThrow(BackupExistsError);
  expect(() => backupIndex(join(folder, 'none.db'), join(folder, 'x.db'))).toThrow(NoIndexError);
});

test('comparison: each row that differs is named, with both contents', () => {
  const { blocks } = play(new Network(), picks(4, 200));
  const [one, other] = [join(folder, 'one.db'), join(folder, 'other.db')];
  for (const path of [one, other]) {
    const store = openStore(path);
    for (const block of blocks) applyBlock(store, block, blocks.length);
    if (path === one) {
      const checkpoint = store.checkpoint() ?? expect.fail();
      const totals = store.get('totals', 1) ?? expect.fail();
      const block = store.get('blocks', 2) ?? expect.fail();
      store.transaction(() =>
        store.write(
          [
            { table: 'totals', row: { ...totals, jobs: totals.jobs + 1n } },
            { table: 'blocks', row: { ...block, height: 999_999 } },
          ],
          checkpoint,
        ),
      );
    }
    store.close();
  }
  expect(compareTable(one, other, 'totals', 5)).toMatchObject([
    { key: [1], indexed: { id: 1 }, rebuilt: { id: 1 } },
  ]);
  expect(compareTable(one, other, 'blocks', 5)).toMatchObject([
    { key: [999_999], indexed: { height: 999_999 }, rebuilt: undefined },
  ]);
  expect(compareTable(one, other, 'jobs', 5)).toEqual([]);
});

test('error: what is no index is named, not its copy', async () => {
  const damaged = join(folder, 'damaged.db');
  const empty = join(folder, 'empty.db');
  writeFileSync(damaged, 'rubbish '.repeat(4_000));
  writeFileSync(empty, '');
  const client = { ...clientOf('any', []), at: () => expect.fail() };
  const { signal } = new AbortController();
  for (const [dbPath, kind] of [
    [damaged, CorruptIndexError],
    [empty, NoIndexError],
  ] as const) {
    const copy = join(folder, 'never.db');
    for (const fails of [
      async () => backupIndex(dbPath, copy),
      () => verifyState({ client, dbPath, signal }),
      () => verifyIndex({ client: clientOf('any', []), dbPath, signal }),
    ]) {
      await expect(fails()).rejects.toThrow(kind);
      await expect(fails()).rejects.toMatchObject({ path: dbPath });
    }
    expect(existsSync(copy)).toBe(false);
  }
});
