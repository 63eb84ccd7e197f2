import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Manifest, UnitRun } from './support/documents.js';
import { Installation, newUser, type User } from './support/installation.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import type { Running } from './support/process.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';

const inputs = digitsInputs({ units: 3, imagesPerUnit: 4 });
const withPassword = { DMCN_PASSWORD: 'correct horse battery staple' };

describe.sequential('installed from its package where there is nothing but Node', () => {
  let network: Network;
  let dmcn: Installation;
  let requester: User;
  let node: string;
  let worker: Running | undefined;
  let inputDir: string;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    node = network.devnet.rpc[0];
    dmcn = await Installation.make();
    requester = await newUser();
    inputDir = await inputDirectory(inputs);
    await copyFile(digits, join(requester.folder, 'digits.wasm'));
  });
  afterAll(async () => {
    worker?.kill('SIGINT');
    await worker?.ended;
    network.close();
  });

  it('it is small, needs no other package, names no path of the checkout, and brings the licences', async () => {
    const files = await dmcn.files();
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(10_000_000);
    const checkout = fileURLToPath(new URL('..', import.meta.url));
    for (const [name, content] of files) {
      expect(content.includes(checkout), name).toBe(false);
      expect(name).not.toMatch(/\.node$|node_modules/);
    }
    const manifest = JSON.parse(String(files.get('package.json')));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.scripts).toBeUndefined();
    const licences = String(files.get('THIRD-PARTY-LICENSES'));
    for (const name of ['@noble/hashes', 'commander', 'graphql-yoga', 'drizzle-orm']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: `, 'm'));
    }
    const { stdout } = await dmcn.run(['--version'], requester);
    expect(stdout).toBe(`${manifest.version}\n`);
  });

  it('it checks and runs a module', async () => {
    expect(await dmcn.json(['module', 'check', 'digits.wasm'], requester)).toMatchObject({ accepted: true });
    const [first] = inputs;
    const run = ['module', 'run', 'digits.wasm', '--input', join(inputDir, first?.name ?? '')];
    expect(await dmcn.json<UnitRun>(run, requester)).toMatchObject({ status: 'OK', exitCode: 0 });
  });

  it.each([
    [['devnet', 'up'], /needs the chain's binary dmcnd.*name it in DMCN_DMCND/],
    [['indexer', 'start'], /needs SQLite.*npm install -g better-sqlite3/],
    [['graphql', 'start'], /needs SQLite.*npm install -g better-sqlite3/],
  ])('%s says what is missing and how to get it', async (args, says) => {
    const { code, stdout, stderr } = await dmcn.run([...args, '--node', node], requester);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('a worker that is told nothing but a node is paid for its first unit within 60 s', async () => {
    const { address } = await dmcn.json<{ address: string }>(['key', 'add', 'me'], requester, withPassword);
    await network.chain.send({ to: address, amount: 50_000_000n }, { signer: network.requester.signer });
    const feature = ownFeature();
    const worked = await newUser();

    const started = Date.now();
    worker = dmcn.start(['worker', 'start', '--node', node, '--feature', feature], worked);
    const flags = ['--module', 'digits.wasm', '--input-dir', inputDir, '--feature', feature, '--from', 'me'];
    const where = ['--node', node, '--blobs', network.devnet.blobs[0], '--output', 'results'];
    const manifest = await dmcn.json<Manifest>(['job', 'run', ...flags, ...where], requester, withPassword);

    const { owner } = JSON.parse(await readFile(join(worked.home, '.dmcn', 'worker.json'), 'utf8'));
    expect(manifest.units.map(({ status, worker: by }) => [status, by])).toEqual(
      inputs.map(() => ['OK', owner]),
    );
    expect(BigInt(manifest.paid)).toBeGreaterThan(0n);
    const { settledHeight } = await network.chain.job(BigInt(manifest.jobId));
    const { time } = await network.chain.fetchBlock(settledHeight);
    expect((time.getTime() - started) / 1_000, 'seconds from the command to the payment').toBeLessThan(60);

    worker.kill('SIGINT');
    const { code, stderr } = await worker.ended;
    expect(code, stderr).toBe(0);
  });

  it('with SQLite beside it, it indexes', async () => {
    await dmcn.addSqlite();
    const indexer = dmcn.start(['indexer', 'start', '--db', 'index.db', '--node', node], requester);
    await indexer.says(/indexing dmcn-devnet-1 into index.db/);
    await until('the database', () =>
      readFile(join(requester.folder, 'index.db')).then(Boolean, () => false),
    );
    indexer.kill('SIGINT');
    expect((await indexer.ended).code).toBe(0);
  });
});
