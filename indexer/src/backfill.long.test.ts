import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startIndexer } from './indexer.js';
import { openReader } from './store/reader/reader.js';
import { clientOf, Network, picks, play } from './testing/index.js';

const BLOCKS = 100_000;

test('a back-fill of 100,000 blocks: every block once, and sums that are those of the rows', async () => {
  const net = play(new Network(), picks(21, 2_000));
  while (net.blocks.length < BLOCKS) {
    for (const worker of net.workers.values()) {
      worker.load = (worker.load + 1) % 5;
      net.emit('LoadChanged', { owner: worker.owner, oldLoad: 0, newLoad: worker.load });
    }
    net.endBlock();
  }
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-backfill-'));
  const dbPath = join(folder, 'index.db');
  const done = new AbortController();
  let events = 0;
  await startIndexer({
    client: clientOf(net.chainId, net.blocks),
    dbPath,
    signal: done.signal,
    onProgress: (progress) => {
      events += progress.events;
      if (progress.height === BLOCKS) done.abort();
    },
  });
  const reader = openReader(dbPath);
  expect(reader.get('totals', 1)).toMatchObject({ blocks: BigInt(BLOCKS), events: BigInt(events) });
  expect(reader.blocks.count({})).toBe(BLOCKS);
  for (const worker of net.workers.values()) {
    expect(reader.get('workers', worker.owner)?.load).toBe(worker.load);
  }
  reader.close();
  rmSync(folder, { recursive: true });
});
