import { BULB_PICTURE, bulbInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import { document } from './support/dmcn.js';
import type { Manifest, Submitted } from './support/documents.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { inputDirectory, program } from './support/programs.js';
import { until } from './support/until.js';
import { WorkerProcess } from './support/worker-process.js';

/** Tiles from the middle of the picture, which take longest. */
const tiles = bulbInputs(BULB_PICTURE).slice(64, 70);

describe('a worker', () => {
  let network: Network;
  /** Waits for work until the end: the other one may have chosen it to open its batch. */
  let survivor: WorkerProcess;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
  });
  afterAll(() => network.close());

  async function submit(feature: string): Promise<bigint> {
    const flags = ['--input-dir', await inputDirectory(tiles), '--feature', feature];
    const { jobId } = await network.json<Submitted>('job', 'submit', '--module', program('bulb'), ...flags);
    return BigInt(jobId);
  }

  /** What a job paid, batch by batch, as its blocks tell. */
  async function payments(jobId: bigint): Promise<readonly bigint[]> {
    const { submittedHeight, settledHeight } = await network.chain.job(jobId);
    const paid: bigint[] = [];
    for await (const { height, events } of network.chain.blocks({ from: submittedHeight })) {
      for (const { type, data } of events) {
        if (type === 'BatchPaid' && data.jobId === jobId) paid.push(data.pay);
      }
      if (height >= settledHeight) break;
    }
    return paid;
  }

  describe.concurrent('killed with -9', () => {
    it('while it works, and started again, finishes the same lease and is paid once', async () => {
      const feature = ownFeature();
      const worker = await WorkerProcess.start(network, ['--feature', feature]);
      const jobId = await submit(feature);
      await until('the worker to be in the middle of it', async () => {
        const { state, done = 0 } = await worker.doing();
        return state === 'working' && done >= 1;
      });
      await worker.kill();
      const { state } = await network.chain.batch({ jobId, batch: 0 });
      expect(state).toBe('Leased');
      const before = await network.chain.balance(worker.owner);
      const from = await network.ledger.height();
      worker.restart();
      const output = await newDirectory();
      const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
      expect(manifest.units.map(({ status, worker: by }) => [status, by])).toEqual(
        tiles.map(() => ['OK', worker.owner]),
      );
      expect((await network.chain.batch({ jobId, batch: 0 })).epoch).toBe(0);
      expect(await payments(jobId)).toEqual([BigInt(manifest.paid)]);
      const to = await network.ledger.height();
      const fees = await network.ledger.fees(worker.owner, from, to);
      expect((await network.ledger.balance(worker.owner, to)) + fees - before).toBe(BigInt(manifest.paid));
      survivor = worker;
    });

    it('for good, after its commit: the opener opens for it, and it is paid', async () => {
      const feature = ownFeature();
      const worker = await WorkerProcess.start(network, ['--feature', feature]);
      const jobId = await submit(feature);
      await until('the commit', async () => {
        const { items } = await network.chain.batches({ jobId });
        return items[0]?.state === 'Committed';
      });
      await worker.kill();
      const from = await network.ledger.height();
      const before = await network.ledger.balance(worker.owner, from);
      const job = await until(
        'the job to end without its worker and without its requester',
        async () => {
          const found = await network.chain.job(jobId);
          return found.state === 'Settled' ? found : undefined;
        },
        150,
      );
      const { worker: record } = await network.chain.worker(worker.owner);
      const { opening } = await network.chain.batch({ jobId, batch: 0 });
      expect(opening?.opener).not.toBe(record.operator);
      expect(await network.ledger.balance(worker.owner, job.settledHeight)).toBe(before + job.paid);
      expect(await payments(jobId)).toEqual([job.paid]);
      const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', await newDirectory());
      expect(manifest.units.map(({ status }) => status)).toEqual(tiles.map(() => 'OK'));
      await document(['worker', 'pause', '--home', worker.home, '--node', network.devnet.rpc[0]]);
    });
  });

  it('interrupted, leaves the draw and ends well', async () => {
    await survivor.stop();
    const { status } = await document<{ status: string }>([
      ...['worker', 'status', '--home', survivor.home, '--node', network.devnet.rpc[0]],
    ]);
    expect(status).toBe('Paused');
  });
});
