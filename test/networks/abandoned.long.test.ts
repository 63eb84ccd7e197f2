import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newDirectory, startDevnet } from '../support/devnet.js';
import type { Manifest, Submitted } from '../support/documents.js';
import { gatedStore } from '../support/gate.js';
import { ownFeature } from '../support/job-spec.js';
import { Network } from '../support/network.js';
import { inputDirectory, longUnits, longUnitsNeed, program } from '../support/programs.js';
import { until } from '../support/until.js';
import { WorkerProcess } from '../support/worker-process.js';

/** Runs with a devnet of its own that has no other workers, so that whoever opens is one of the test's. */
async function alone(test: (network: Network) => Promise<void>): Promise<void> {
  const devnet = await startDevnet({ workers: 0 });
  const network = await Network.open(devnet.document);
  try {
    await test(network);
  } finally {
    network.close();
    await devnet.stop();
  }
}

async function submit(network: Network, feature: string, ...more: readonly string[]): Promise<bigint> {
  const inputs = await inputDirectory(longUnits.slice(0, 8));
  const flags = [
    '--module',
    program('bulb'),
    '--input-dir',
    inputs,
    '--feature',
    feature,
    ...longUnitsNeed,
    ...more,
  ];
  return BigInt((await network.json<Submitted>('job', 'submit', ...flags)).jobId);
}

const settled = (network: Network, jobId: bigint, seconds: number) =>
  until(
    `job ${jobId} to be settled`,
    async () => {
      const job = await network.chain.job(jobId);
      return job.state === 'Settled' && job;
    },
    seconds,
  );

describe('what a worker leaves for good', () => {
  it('in the middle of a lease: it lapses, another worker finishes, and the bond is free again after its time', () =>
    alone(async (network) => {
      const feature = ownFeature();
      const gone = await WorkerProcess.start(network, ['--feature', feature, '--rate', '1e9']);
      const store = await gatedStore(network.devnet.rpc[0]);
      const jobId = await submit(network, feature, '--blobs', store.url);
      await gone.reaches('working', ({ done = 0 }) => done >= 1);
      store.hold();
      await gone.kill();
      store.open();
      const { state, lease, deadline } = await network.chain.batch({ jobId, batch: 0 });
      expect(state).toBe('Leased');
      const other = await WorkerProcess.start(network, ['--feature', feature, '--ask', '1999']);
      const job = await settled(network, jobId, 300);
      const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', await newDirectory());
      expect(manifest.units.map(({ status, worker }) => [status, worker])).toEqual(
        manifest.units.map(() => ['OK', other.owner]),
      );
      const { worker: record, lapses } = await network.chain.worker(gone.owner);
      const { lapseLock } = await network.chain.workerParams();
      expect(record.bond).toBe(gone.bond);
      expect(record.availability).toBeLessThan(5_000);
      if (record.locked > 0n) {
        expect(record.locked).toBe(lease?.bond);
        expect(lapses).toMatchObject([{ amount: lease?.bond, releaseHeight: deadline + lapseLock }]);
      }
      expect(await network.ledger.balance(other.owner, job.settledHeight)).toBeGreaterThan(0n);
      gone.restart();
      await gone.says(/found in the journal: \d+ units of \d+-0-0/);
      await gone.says(/a lease ran out; [\d.]+ DMC of the bond stay locked until height \d+/);
      await gone.reaches('idle');
      expect(await readdir(join(gone.home, 'journal'))).not.toContainEqual(
        expect.stringMatching(/^(unit|commit)/),
      );
      await until('its bond to be free', async () => (await gone.record()).locked === 0n, 120);
      await Promise.all([gone.stop(), other.stop()]);
      store.close();
    }));

  it('after its commit, with its openers killed too: one that comes back opens from its journal, and only one pays', () =>
    alone(async (network) => {
      const feature = ownFeature();
      const openers = await Promise.all(
        ['one', 'two'].map((name) => WorkerProcess.start(network, ['--feature', `${name}-${feature}`])),
      );
      const worker = await WorkerProcess.start(network, ['--feature', feature]);
      const jobId = await submit(network, feature);
      await until('the commit', async () => {
        const { items } = await network.chain.batches({ jobId });
        return items[0]?.commitment;
      });
      await worker.kill();
      const lastHeight = await network.ledger.height();
      await until(
        'the openers to have seen it',
        async () => (await network.ledger.height()) > lastHeight + 1,
      );
      await Promise.all(openers.map((opener) => opener.kill()));
      const from = await network.ledger.height();
      for (const opener of openers) opener.restart();
      const job = await settled(network, jobId, 200);
      expect(job.paid).toBeGreaterThan(0n);
      const { epoch } = await network.chain.batch({ jobId, batch: 0 });
      expect(epoch).toBe(0);
      const to = await network.ledger.height();
      const paid = await Promise.all(
        openers.map(({ owner }) => network.ledger.paidTransactions(owner, from, to)),
      );
      expect(paid.sort()).toEqual([0, 1]);
      await Promise.all(openers.map((opener) => opener.stop()));
    }));
});
