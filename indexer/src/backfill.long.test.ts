import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startIndexer } from './indexer.js';
import { openReader } from './store/reader/reader.js';
import {
  accept,
  clientOf,
  coinsOver,
  commit,
  draw,
  finish,
  moveSupply,
  Network,
  open,
  picks,
  play,
  register,
  storeModule,
  submitJob,
} from './testing/index.js';

const BLOCKS = 100_000;
/** Blocks from one job to the next. */
const JOB_EVERY = 40;

/** Lets a batch go through its whole life, a step a block. */
const steps = [accept, commit, coinsOver, open, finish] as const;

test('a back-fill of 100,000 blocks: every block once, and sums that are those of the rows', async () => {
  const net = play(new Network(), picks(21, 2_000));
  const module = storeModule(net, 99);
  const worker = register(net, 99);
  for (let batch: ReturnType<typeof draw> | undefined; net.blocks.length < BLOCKS; ) {
    const step = net.blocks.length % JOB_EVERY;
    if (step === 0) batch = draw(net, submitJob(net, module, 4, 4), worker);
    else if (batch !== undefined) steps[step - 1]?.(net, batch);
    for (const { owner } of net.workers.values()) {
      if (owner !== worker.owner) net.emit('LoadChanged', { owner, oldLoad: 0, newLoad: step % 5 });
    }
    moveSupply(net);
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
  const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
  expect(reader.get('totals', 1)).toMatchObject({
    jobs: BigInt(net.jobs.size),
    paid: sum([...net.jobs.values()].map(({ paid }) => paid)),
    supply: net.supply?.total,
  });
  expect(reader.payments.count({ worker: worker.owner })).toBe(
    [...net.batches.values()].filter(
      ({ state, lease }) => state === 'Final' && lease?.worker === worker.owner,
    ).length,
  );
  expect(reader.get('workers', worker.owner)?.load).toBe(worker.load);
  reader.close();
  rmSync(folder, { recursive: true });
});
