import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createWallet } from '@dmcn/chain-client/cosmos';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { BlobServerProcess } from './support/blob-server.js';
import { newDirectory } from './support/devnet.js';
import { document, misused } from './support/dmcn.js';
import type { JobStatus, Manifest, Submitted, UnitRun } from './support/documents.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';
import { hashOf, permit, putBlob, upload } from './support/upload.js';
import { WorkerProcess } from './support/worker-process.js';

const inputs = digitsInputs({ units: 3, imagesPerUnit: 4 });
const [one, shared, other] = inputs.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array];

describe.concurrent('blob stores', () => {
  let network: Network;
  let chain: readonly string[];
  const servers: BlobServerProcess[] = [];
  const serve = async (...flags: readonly string[]) => {
    const server = await BlobServerProcess.start(flags);
    servers.push(server);
    return server;
  };
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    chain = ['--node', network.devnet.rpc[0]];
    await network.json('module', 'publish', digits);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    network.close();
  });

  async function submit(units: readonly Uint8Array[], feature: string, at: readonly BlobServerProcess[]) {
    const inputDir = await inputDirectory(units.map((bytes, i) => ({ name: `unit${i}`, bytes })));
    const flags = [
      '--input-dir',
      inputDir,
      '--feature',
      feature,
      ...at.flatMap(({ url }) => ['--blobs', url]),
    ];
    const { jobId } = await network.json<Submitted>('job', 'submit', '--module', digits, ...flags);
    return { jobId, inputDir, index: indexOf(units) };
  }

  async function outputsOf(jobId: string): Promise<string> {
    const commitment = await until(`a commit of job ${jobId}`, async () => {
      const { items } = await network.chain.batches({ jobId: BigInt(jobId) });
      return items[0]?.commitment;
    });
    return Buffer.from(commitment.outputsHash).toString('hex');
  }

  it('take uploads from accounts that the chain knows, up to a quota, and say why not', async () => {
    const server = await serve(...chain, '--quota', '50KiB');
    const { signer } = network.requester;
    const blob = randomBytes(30_000);
    const refused = async (response: Response | Promise<Response>) => {
      const { status } = await response;
      return [status, ((await (await response).json()) as { reason: string }).reason];
    };
    expect(await refused(putBlob(server.url, blob))).toEqual([401, 'unsigned']);
    const nobody = await createWallet().signer();
    expect(await refused(upload(nobody, server.url, blob))).toEqual([403, 'account']);
    for (const authorization of [
      await permit(signer, 'http://127.0.0.1:1', blob),
      await permit(signer, server.url, blob, Math.floor(Date.now() / 1_000) - 1),
      await permit(signer, server.url, randomBytes(30_000)),
      (await permit(signer, server.url, blob)).replace('DMCN-Upload', 'Bearer'),
    ]) {
      expect(await refused(putBlob(server.url, blob, { authorization }))).toEqual([401, 'permit']);
    }
    const port = new URL(server.url).port;
    expect((await upload(signer, `http://localhost:${port}`, blob)).status).toBe(201);
    expect((await upload(signer, server.url, blob)).status).toBe(200);
    expect(await refused(upload(signer, server.url, randomBytes(30_000)))).toEqual([403, 'quota']);
    const person = await network.person('uploader', 1_000_000n);
    expect((await upload(person.signer, server.url, blob)).status).toBe(200);
    const { status, headers } = await fetch(`${server.url}/blobs/${hashOf(blob)}`);
    expect([status, headers.get('content-length')]).toEqual([200, '30000']);

    const inputDir = await inputDirectory([{ name: 'unit', bytes: randomBytes(60_000) }]);
    const job = ['job', 'submit', '--module', digits, '--input-dir', inputDir, '--blobs', server.url];
    await network.ends(1, job, /was not stored at http.*: account dmcn1\S+ has \d+ of 51200 bytes here/);
    await misused(
      ['blobs', 'start', '--home', await newDirectory()],
      /name the chain with --node URL.*--open/,
    );
  });

  it('keep what a live job needs and a margin longer, through kills, and drop the rest', async () => {
    const flags = [...chain, '--ttl', '4s', '--margin', '8'];
    const store = await serve(...flags);
    const stray = randomBytes(1_000);
    expect((await upload(network.requester.signer, store.url, stray)).status).toBe(201);
    const [first, second] = [ownFeature(), ownFeature()];
    const ending = await submit([one, shared], first, [store]);
    const living = await submit([shared, other], second, [store]);
    await until('the stray blob to be dropped', async () => !(await store.has(stray)));
    const mine = [one, ending.index];
    const theirs = [shared, other, living.index];
    const allThere = async (blobs: readonly (Uint8Array | string)[]) =>
      (await Promise.all(blobs.map((blob) => store.has(blob)))).every(Boolean);
    expect(await allThere([...mine, ...theirs])).toBe(true);

    await store.kill();
    const worker = await WorkerProcess.start(network, ['--feature', first, '--blobs', store.url]);
    await store.restart();
    const outputs = await outputsOf(ending.jobId);
    expect(await allThere([...mine, ...theirs, outputs])).toBe(true);
    await network.json<Manifest>('job', 'fetch', ending.jobId, '--output', await newDirectory());
    const { settledHeight } = await network.chain.job(BigInt(ending.jobId));
    while ((await network.chain.status()).height < settledHeight + 6) {
      expect(await allThere([...mine, ...theirs, outputs])).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await store.kill();
    await store.restart();
    await until('the blobs of the ended job to be dropped', async () => {
      expect(await allThere(theirs)).toBe(true);
      return (await Promise.all([...mine, outputs].map((blob) => store.has(blob)))).every((is) => !is);
    });

    await network.json<JobStatus>('job', 'cancel', living.jobId);
    await until('the blobs of the cancelled job to be dropped', async () => !(await store.has(shared)));
    await worker.stop();
  });

  it('die one after the other while a job runs, and its outputs are right', async () => {
    const [dying, lasting] = [await serve(...chain), await serve(...chain)];
    const feature = ownFeature();
    const { jobId, inputDir } = await submit([one, shared, other], feature, [dying, lasting]);
    for (const store of [dying, lasting]) expect(await store.has(one)).toBe(true);
    await dying.kill();
    const stores = [dying, lasting].flatMap(({ url }) => ['--blobs', url]);
    const worker = await WorkerProcess.start(network, ['--feature', feature, ...stores]);
    await outputsOf(jobId);
    await lasting.kill();
    const output = await newDirectory();
    const { units } = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
    for (const { name, status, outputSha256 } of units) {
      const input = join(inputDir, name);
      const local = await document<UnitRun>(['module', 'run', digits, '--input', input]);
      expect({ status, outputSha256 }).toEqual({ status: 'OK', outputSha256: local.outputSha256 });
    }
    await worker.stop();
  });
});

/** Name of the index of a job's inputs. */
const indexOf = (units: readonly Uint8Array[]): string =>
  hashOf(Buffer.concat(units.map((bytes) => Buffer.from(hashOf(bytes), 'hex'))));
