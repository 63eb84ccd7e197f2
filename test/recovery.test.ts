import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '@dmcn/chain-client';
import { BULB_PICTURE, bulbInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import { document, fails } from './support/dmcn.js';
import type { Manifest, Submitted } from './support/documents.js';
import { Gate, gatedStore } from './support/gate.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { isAlive, start } from './support/process.js';
import { inputDirectory, program } from './support/programs.js';
import { until } from './support/until.js';
import { WorkerProcess } from './support/worker-process.js';

/** Tiles from the middle of the picture, which take longest. */
const tiles = bulbInputs(BULB_PICTURE).slice(64, 70);
/** So many that a worker is still in the middle of them after somebody has looked and acted. */
const manyTiles = bulbInputs(BULB_PICTURE).slice(56, 88);
/** So slow a worker has a long lease. */
const slow = ['--rate', '1e7'];
/** While the machine is busy, starting a process ten times takes long. */
const LONG = 600_000;

describe('a worker', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    await network.json('module', 'publish', program('bulb'));
  });
  afterAll(() => network.close());

  async function submit(
    feature: string,
    flags: readonly (string | number)[] = [],
    units = tiles,
  ): Promise<bigint> {
    const inputs = ['--input-dir', await inputDirectory(units), '--feature', feature];
    const { jobId } = await network.json<Submitted>(
      ...['job', 'submit', '--module', program('bulb'), ...inputs, ...flags],
    );
    return BigInt(jobId);
  }

  const inState = (jobId: bigint, state: Batch['state']) =>
    until(
      `the batch to be ${state}`,
      async () => {
        const { items } = await network.chain.batches({ jobId });
        return items[0]?.state === state;
      },
      120,
    );

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

  /** The jobs whose batches an account opened. */
  async function openings(opener: string, from: number, to: number): Promise<readonly bigint[]> {
    const jobs: bigint[] = [];
    for await (const { height, events } of network.chain.blocks({ from })) {
      for (const { type, data } of events) {
        if (type === 'BatchOpened' && data.opener === opener) jobs.push(data.jobId);
      }
      if (height >= to) break;
    }
    return jobs;
  }

  /** Expects that a job was done in its first epoch by a worker, which was paid once and has its bond back. */
  async function expectDone(jobId: bigint, worker: WorkerProcess, batches = 1): Promise<Manifest> {
    const output = await newDirectory();
    const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
    const { spec } = await network.chain.job(jobId);
    const done = Array.from({ length: spec.units }, () => ['OK', worker.owner]);
    expect(manifest.units.map(({ status, worker: by }) => [status, by])).toEqual(done);
    const paid = await payments(jobId);
    expect(paid).toHaveLength(batches);
    expect(paid.reduce((sum, each) => sum + each, 0n)).toBe(BigInt(manifest.paid));
    const { bond, locked } = await worker.record();
    expect([bond, locked]).toEqual([worker.bond, 0n]);
    return manifest;
  }

  describe.concurrent('killed with -9', () => {
    it(
      'in each of its states, and started again, sends each message once, is paid once and keeps its bond',
      async () => {
        const feature = ownFeature();
        const [inputs, outputs] = await Promise.all([
          gatedStore(network.devnet.rpc[0]),
          gatedStore(network.devnet.rpc[0]),
        ]);
        outputs.hold();
        const from = await network.ledger.height();
        const worker = await WorkerProcess.launch(network, ['--feature', feature, ...slow], {
          blobs: outputs.url,
        });
        const dieWhile = async (state: string, isSo?: Parameters<typeof worker.reaches>[1]) => {
          await worker.reaches(state, isSo);
          await worker.kill();
          worker.restart();
        };
        await dieWhile('registering');
        await worker.ready();
        await dieWhile('idle');
        const jobId = await submit(feature, ['--blobs', inputs.url]);
        await worker.reaches('accepting');
        inputs.hold();
        await worker.kill();
        worker.restart();
        await dieWhile('fetching');
        inputs.open();
        await dieWhile('working', ({ done = 0 }) => done >= 2);
        expect(await worker.says(/found in the journal: [1-6] units of \d+-0-0/)).toBeDefined();
        await dieWhile('uploading');
        outputs.open();
        await dieWhile('committing');
        await dieWhile('opening');
        await inState(jobId, 'Challenge');
        const unit = { jobId, batch: 0, epoch: 0, unit: 3 };
        await network.chain.demandOutput(unit, { signer: network.requester.signer });
        await dieWhile('posting');
        const { opener, ...batch } = await until(
          'the job to be settled',
          async () => {
            const [job, now] = await Promise.all([
              network.chain.job(jobId),
              network.chain.batch({ jobId, batch: 0 }),
            ]);
            return job.state === 'Settled' && { ...now, opener: now.opening?.opener };
          },
          200,
        );
        expect(batch.epoch).toBe(0);
        const manifest = await expectDone(jobId, worker);
        const to = await network.ledger.height();
        const { operator } = await worker.record();
        // It may have opened for a worker of another test meanwhile.
        const opened = await openings(operator, from, to);
        const sent = await network.ledger.paidTransactions(worker.owner, from, to);
        expect(sent).toBe(['register', 'accept', 'commit', 'post'].length + opened.length);
        expect(opened.filter((id) => id === jobId)).toHaveLength(opener === operator ? 1 : 0);
        const earned = (await network.ledger.balance(worker.owner, to)) - worker.rest;
        const fees = await network.ledger.fees(worker.owner, worker.since, to);
        const { demandDeposit } = await network.chain.taskParams();
        expect(earned + fees).toBe(BigInt(manifest.paid));
        expect(await network.ledger.balance(operator, to)).toBe(demandDeposit);
        expect(
          (await readdir(join(worker.home, 'journal'))).filter((name) => /^(sent|unit)/.test(name)),
        ).toEqual([]);
        worker.interrupt();
        await worker.reaches('draining');
        await worker.kill();
        worker.restart();
        await worker.reaches('idle');
        await worker.stop();
        expect((await worker.record()).status).toBe('Paused');
        for (const gate of [inputs, outputs]) gate.close();
      },
      LONG,
    );

    it(
      'for good, after its commit: an opener opens for it, and it is paid',
      async () => {
        const feature = ownFeature();
        const worker = await WorkerProcess.start(network, ['--feature', feature]);
        const jobId = await submit(feature);
        await inState(jobId, 'Committed');
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
        const { opening } = await network.chain.batch({ jobId, batch: 0 });
        expect(opening?.opener).not.toBe((await worker.record()).operator);
        expect(await network.ledger.balance(worker.owner, job.settledHeight)).toBe(before + job.paid);
        await expectDone(jobId, worker);
        await document(['worker', 'pause', '--home', worker.home, '--node', network.devnet.rpc[0]]);
      },
      LONG,
    );

    it(
      'and away for three offers: set aside, and back in the draw when it is started again',
      async () => {
        const feature = ownFeature();
        const worker = await WorkerProcess.start(network, ['--feature', feature]);
        await worker.kill();
        const jobId = await submit(feature, ['--batch-size', 2]);
        await until('it to be set aside', async () => (await worker.record()).status === 'SetAside', 90);
        worker.restart();
        await worker.reaches('working');
        expect(await worker.record()).toMatchObject({ status: 'Active', missed: 0 });
        await expectDone(jobId, worker, 3);
        await worker.stop();
      },
      LONG,
    );

    it(
      'by a second Ctrl-C it ends at once with its unit, and goes on when it is started again; its home takes one worker only',
      async () => {
        const feature = ownFeature();
        const worker = await WorkerProcess.start(network, ['--feature', feature, ...slow]);
        await fails(worker.args, /process \d+ works with .*journal already: a home is for one process/);
        const jobId = await submit(feature, [], manyTiles);
        await worker.reaches('working', ({ done = 0 }) => done >= 1);
        worker.interrupt();
        await worker.says(
          /waits for job \d+ batch 0 to be committed.*, at most about \d+ s; interrupt it again/,
        );
        const unit = worker.unitProcess();
        expect(isAlive(unit)).toBe(true);
        const asked = Date.now();
        worker.interrupt();
        const { code } = await worker.end();
        expect(code).toBe(130);
        expect(Date.now() - asked).toBeLessThan(5_000);
        await until('the unit to be gone', () => !isAlive(unit), 5);
        worker.restart();
        await expectDone(jobId, worker);
        await worker.stop();
      },
      LONG,
    );

    it(
      'its unit, and its store and node gone for a while: it goes on by itself, telling each once; without a node it ends too',
      async () => {
        const feature = ownFeature();
        const [store, node] = await Promise.all([
          gatedStore(network.devnet.rpc[0]),
          Gate.before(network.devnet.rpc[0]),
        ]);
        const places = { blobs: store.url, rpc: node.url };
        const worker = await WorkerProcess.start(network, ['--feature', feature, ...slow], places);
        const jobId = await submit(feature);
        await worker.reaches('working', ({ done = 0 }) => done >= 1);
        process.kill(worker.unitProcess(), 'SIGKILL');
        store.shut();
        node.shut();
        await worker.says(/no node answers; it goes on when one does/);
        node.open();
        await worker.says(/there are new blocks again/);
        await worker.says(/job \d+ batch 0: work failed: blob .* cannot be reached/);
        await sleep(5_000);
        store.open();
        await expectDone(jobId, worker);
        expect(worker.timesSaid(/no node answers/)).toBe(1);
        expect(worker.timesSaid(/new blocks again/)).toBe(1);
        expect(worker.timesSaid(/work failed: blob/)).toBe(1);
        expect(worker.timesSaid(/: committed/)).toBe(1);
        node.shut();
        worker.interrupt();
        const { code, stderr } = await worker.end();
        expect(stderr).toMatch(
          /no node gives a block after height \d+, so it ended without leaving the draw/,
        );
        expect(code).toBe(1);
        node.open();
        worker.restart();
        await worker.reaches('idle');
        await worker.stop();
        for (const gate of [store, node]) gate.close();
      },
      LONG,
    );
  });

  it('interrupted while it registers, ends', async () => {
    const home = await newDirectory();
    const { rpc, faucet } = network.devnet;
    const running = start(['worker', 'start', '--home', home, '--node', rpc[0], '--faucet', faucet]);
    await running.says(/registering/);
    running.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect([0, 1]).toContain(code);
    expect(stderr).toMatch(code === 1 ? /interrupted before it worked/ : /stopped/);
  });
});
