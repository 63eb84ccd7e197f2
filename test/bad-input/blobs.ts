import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsInputs } from '@dmcn/modules';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import { document } from '../support/dmcn.js';
import type { JobStatus, Manifest, Submitted, UnitRun } from '../support/documents.js';
import { ownFeature } from '../support/job-spec.js';
import type { Network } from '../support/network.js';
import { digits, inputDirectory } from '../support/programs.js';
import { until } from '../support/until.js';
import { WorkerProcess } from '../support/worker-process.js';

/** What may become of a file in a blob store. */
const damages: Readonly<Record<string, (file: string) => Promise<void>>> = {
  missing: (file) => rm(file),
  truncated: async (file) => {
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
  },
  'of another hash': async (file) => {
    const bytes = await readFile(file);
    bytes[100] = 0xff ^ (bytes[100] ?? 0);
    await writeFile(file, bytes);
  },
};

export function badBlobs(network: () => Network): void {
  it('an input missing, truncated or with another hash: reported, mended, confirmed, done and paid once', async () => {
    const net = network();
    const requester = await net.person('requester', 20_000_000n);
    const feature = ownFeature();
    const inputs = digitsInputs({ units: 3, imagesPerUnit: 5 });
    const jobs = await Promise.all(
      Object.values(damages).map(async (damage, i) => {
        const bytes = inputs[i]?.bytes ?? new Uint8Array();
        const inputDir = await inputDirectory([{ name: 'unit', bytes }]);
        const flags = ['--input-dir', inputDir, '--feature', feature, '--from', requester.name];
        const { jobId } = await net.json<Submitted>('job', 'submit', '--module', digits, ...flags);
        const file = blobFile(net, createHash('sha256').update(bytes).digest('hex'));
        const kept = await readFile(file);
        await damage(file);
        return { jobId, inputDir, mend: () => writeFile(file, kept) };
      }),
    );
    const worker = await WorkerProcess.start(net, ['--feature', feature]);
    for (const { jobId } of jobs) {
      await until(`job ${jobId} to be reported`, async () => {
        const { missingReporters, state } = await net.json<JobStatus>('job', 'status', jobId);
        expect(state).toBe('Open');
        return missingReporters.includes(worker.owner);
      });
    }
    for (const { jobId, inputDir, mend } of jobs) {
      await mend();
      await net.json('job', 'confirm', jobId, '--from', requester.name);
      const output = await newDirectory();
      const { units } = await net.json<Manifest>('job', 'fetch', jobId, '--output', output);
      const local = await document<UnitRun>(['module', 'run', digits, '--input', join(inputDir, 'unit')]);
      expect(units).toMatchObject([{ ...local, worker: worker.owner }]);
      expect((await net.chain.worker(worker.owner)).worker.bond).toBe(worker.bond);
    }
    await worker.stop();
  });

  it('outputs of another hash: demanded, done again, paid once', async () => {
    const net = network();
    const requester = await net.person('requester', 20_000_000n);
    const feature = ownFeature();
    const worker = await WorkerProcess.start(net, ['--feature', feature]);
    const inputDir = await inputDirectory(digitsInputs({ units: 2, imagesPerUnit: 3 }));
    const flags = ['--input-dir', inputDir, '--feature', feature, '--from', requester.name];
    const { jobId } = await net.json<Submitted>('job', 'submit', '--module', digits, ...flags);
    const id = { jobId: BigInt(jobId), batch: 0 };
    const { outputsHash } = await until('the commit', async () => {
      const { items } = await net.chain.batches({ jobId: id.jobId });
      return items[0]?.commitment;
    });
    await damages.truncated?.(blobFile(net, Buffer.from(outputsHash).toString('hex')));
    await rm(join(worker.home, 'journal', `commit.${jobId}-0-0`));
    const manifest = await net.balancesAfter(
      [requester.address],
      async () => {
        const output = await newDirectory();
        const fetch = ['job', 'fetch', jobId, '--output', output, '--json'];
        const { stdout } = await net.ends(0, fetch, /batch 0: demanded the output of unit 0 on chain/);
        return JSON.parse(stdout) as Manifest;
      },
      ({ refunded }) => ({ [requester.address]: BigInt(refunded) }),
    );
    expect((await net.chain.batch(id)).epoch).toBe(1);
    expect(manifest.units.map(({ status, worker: by }) => [status, by])).toEqual(
      manifest.units.map(() => ['OK', worker.owner]),
    );
    const height = await net.ledger.height();
    const fees = await net.ledger.fees(worker.owner, worker.since, height);
    expect((await net.ledger.balance(worker.owner, height)) + fees - worker.rest).toBe(BigInt(manifest.paid));
    await worker.stop();
  });
}

const blobFile = ({ devnet }: Network, hash: string): string =>
  join(devnet.home, 'blobs', hash.slice(0, 2), hash);
