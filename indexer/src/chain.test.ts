import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Batch, type ChainClient, everyPage } from '@dmcn/chain-client';
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { afterAll, describe, expect, test } from 'vitest';
import { startIndexer } from './indexer.js';
import { openReader, type Reader } from './store/reader/reader.js';

const node = process.env.DMCN_TEST_NODE ?? '';
const ATTEMPTS = 20;

const folder = mkdtempSync(join(tmpdir(), 'dmcn-chain-'));
afterAll(() => rmSync(folder, { recursive: true }));

const indexTo = async (client: ChainClient, height: number, dbPath: string): Promise<void> => {
  const stop = new AbortController();
  const onProgress = (progress: { readonly height: number }) => {
    if (progress.height >= height) stop.abort();
  };
  await startIndexer({ client, dbPath, signal: stop.signal, onProgress });
};

const moved = ({ jobs, batches, workers }: ReturnType<Reader['digests']>) => [jobs, batches, workers];

/** What the chain says, and an index of the same state: asked again where something happened meanwhile. */
const sameState = async (client: ChainClient, reader: () => Reader, dbPath: string) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await indexTo(client, (await client.status()).height, dbPath);
    const before = moved(reader().digests());
    const jobs = await everyPage((page) => client.jobs(page));
    const batches: Batch[] = [];
    for (const { id: jobId } of jobs)
      batches.push(...(await everyPage((page) => client.batches({ ...page, jobId }))));
    const workers = await Promise.all(
      (await everyPage((page) => client.workers(page))).map(({ owner }) => client.worker(owner)),
    );
    await indexTo(client, (await client.status()).height, dbPath);
    if (String(moved(reader().digests())) === String(before)) return { jobs, batches, workers };
  }
  throw new Error('the chain never stood still');
};

describe.skipIf(node === '')('against the node of DMCN_TEST_NODE', () => {
  test('the rows are what the chain answers', { timeout: 300_000 }, async () => {
    const dbPath = join(folder, 'index.db');
    const client = await connectCosmos({ endpoints: [node] });
    await indexTo(client, 1, dbPath);
    const reader = openReader(dbPath);
    const { jobs, batches, workers } = await sameState(client, () => reader, dbPath);

    for (const { spec, ...job } of jobs) {
      expect(reader.get('jobs', job.id), `job ${job.id}`).toMatchObject({
        ...job,
        units: spec.units,
        locators: spec.locators,
        deadline: spec.deadline,
      });
    }
    for (const { jobId, index, units, epoch, state, deadline, lease, commitment, opening } of batches) {
      const row = reader.get('batches', jobId, index);
      expect(row, `batch ${jobId}/${index}`).toMatchObject({ units, epoch, state, deadline });
      if (lease === undefined || row?.leaseEpoch == null) continue;
      expect(reader.get('leases', jobId, index, row.leaseEpoch)).toMatchObject({
        worker: lease.worker,
        ask: lease.ask,
        bond: lease.bond,
        drawnHeight: lease.drawnHeight,
        committedHeight: commitment?.height ?? null,
        openedHeight: opening?.height ?? null,
        gasTotal: opening?.gasTotal ?? null,
      });
    }
    for (const { worker, reputation, lapses } of workers) {
      const { encryptionKey: _, reserved: __, ...columns } = worker;
      expect(reader.worker(worker.operator)).toMatchObject({ ...columns, reputation });
      for (const lapse of lapses) expect(reader.get('lapses', lapse.id)).toMatchObject(lapse);
    }
    expect(reader.jobs.count({})).toBe(jobs.length);
    const pruned = jobs.reduce((sum, job) => sum + job.prunedBatches, 0);
    expect(reader.batches.count({})).toBe(batches.length + pruned);
    expect(reader.workers.count({})).toBe(workers.length);
    reader.close();
    client.close();
  });
});
