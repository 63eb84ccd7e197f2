import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsAccuracy, digitsInputs, digitsLabels } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import { document, fails } from './support/dmcn.js';
import type { Manifest, UnitRun } from './support/documents.js';
import { ask } from './support/graphql.js';
import { Network } from './support/network.js';
import { inputDirectory, type ProgramFile, variant } from './support/programs.js';

const job = { units: 14, imagesPerUnit: 20 };
const batchSize = 4;
const inputs = digitsInputs(job);
const royaltyBps = 700n;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sum = (amounts: readonly (string | bigint)[]) =>
  amounts.reduce((total: bigint, amount) => total + BigInt(amount), 0n);

describe.sequential('the straight line: a job over real images, from its inputs to everybody’s money', () => {
  let network: Network;
  let program: ProgramFile;
  let author: string;
  let moduleId: string;
  let inputDir: string;
  let output: string;
  let manifest: Manifest;
  let owners: readonly string[];
  let blocks: { readonly from: number; readonly to: number };
  const gains = new Map<string, bigint>();

  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    inputDir = await inputDirectory(inputs);
    output = join(await newDirectory(), 'results');
    owners = (await network.chain.workers()).items.map(({ owner }) => owner);
  });
  afterAll(() => network.close());

  it('publishes a module with a royalty by an author with an encrypted key of its own', async () => {
    program = await variant('digits', 'straight line');
    const where = ['--home', await newDirectory(), '--node', network.devnet.rpc[0]];
    const env = { DMCN_PASSWORD: 'correct horse battery staple' };
    const key = await document<{ name: string; address: string; mnemonic: string }>(
      ['key', 'add', 'author', ...where],
      { env },
    );
    expect(key.mnemonic.split(' ')).toHaveLength(24);
    const wrong = { env: { DMCN_PASSWORD: 'wrong' } };
    await fails(['key', 'show', 'author', ...where], /the password is wrong or the file damaged/, wrong);
    author = key.address;
    const funded = await fetch(`${network.devnet.faucet}/fund`, {
      method: 'POST',
      body: JSON.stringify({ address: author, amount: '5000000' }),
    });
    expect(funded.status).toBe(200);
    const publish = ['module', 'publish', program.file, '--royalty', String(royaltyBps), '--from', 'author'];
    const published = await document<{ moduleId: string; stored: boolean; deposit: string }>(
      [...publish, ...where],
      { env },
    );
    moduleId = published.moduleId;
    expect(published).toEqual({
      moduleId: sha256(program.bytes),
      stored: true,
      deposit: String(program.bytes.length),
    });
    const listed = await network.json<{ moduleId: string; author: string; royaltyBps: number }[]>(
      'module',
      'list',
    );
    expect(listed).toContainEqual(expect.objectContaining({ moduleId, author, royaltyBps: 700 }));
  });

  it('runs the job and leaves one output a unit and a manifest', async () => {
    const accounts = [network.requester.address, author, ...owners];
    const from = await network.ledger.height();
    const before = await Promise.all(accounts.map((account) => network.ledger.balance(account, from)));
    const flags = ['--input-dir', inputDir, '--batch-size', batchSize, '--gas-limit', '200_000_000'];
    manifest = await network.json('job', 'run', '--module', moduleId, ...flags, '--output', output);
    const to = await network.ledger.height();
    blocks = { from, to };
    for (const [i, account] of accounts.entries()) {
      const fees = await network.ledger.fees(account, from, to);
      const after = await network.ledger.balance(account, to);
      gains.set(account, after - (before[i] ?? 0n) + fees);
    }
    expect(JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(manifest.moduleId).toBe(moduleId);
    expect(manifest.units.map(({ name }) => name)).toEqual(inputs.map(({ name }) => name));
    const expected = ['manifest.json', 'receipt.json', ...inputs.map(({ name }) => `${name}.out`)];
    const files = (await readdir(output)).filter((name) => !name.startsWith('.'));
    expect(files.toSorted()).toEqual(expected);
  });

  it('gives for every unit what a run on this machine gives', async () => {
    const local: UnitRun[] = [];
    for (const [unit, { name }] of inputs.entries()) {
      const input = ['--input', join(inputDir, name), '--unit', String(unit), '--gas-limit', '200000000'];
      local.push(await document(['module', 'run', program.file, ...input]));
    }
    expect(
      manifest.units.map(({ status, exitCode, gas, outputSha256 }) => ({
        status,
        exitCode,
        gas,
        outputSha256,
      })),
    ).toEqual(local);
    const outputs = await Promise.all(inputs.map(({ name }) => readFile(join(output, `${name}.out`))));
    expect(outputs.map(sha256)).toEqual(manifest.units.map(({ outputSha256 }) => outputSha256));
    expect(digitsAccuracy(outputs, digitsLabels(job))).toBeGreaterThan(0.9);
  });

  it('moves exactly the coins that the manifest names', async () => {
    const [funded, paid, royalty, fee, audits, refunded] = (
      ['funded', 'paid', 'royalty', 'fee', 'audits', 'refunded'] as const
    ).map((name) => BigInt(manifest[name])) as [bigint, bigint, bigint, bigint, bigint, bigint];
    expect(funded).toBe(paid + royalty + fee + audits + refunded);
    expect(paid).toBe(sum(manifest.units.map(({ paid }) => paid)));
    expect(paid).toBeGreaterThan(0n);
    expect(royalty).toBeGreaterThan(0n);
    expect(gains.get(network.requester.address)).toBe(refunded - funded);
    expect(gains.get(author)).toBe(royalty);
    const auditFees = await paidAudits();
    expect(sum(auditFees.map((each) => each.fee))).toBe(audits);
    for (const owner of owners) {
      const earned = manifest.units.filter(({ worker }) => worker === owner).map(({ paid }) => paid);
      const audited = auditFees.filter(({ auditor }) => auditor === owner).map(({ fee }) => fee);
      expect(gains.get(owner), owner).toBe(sum([...earned, ...audited]));
    }
    const [escrow, community] = await Promise.all([
      network.ledger.moduleAccount('task_escrow'),
      network.ledger.moduleAccount('distribution'),
    ]);
    const moved = await network.ledger.transfers(blocks.from, blocks.to);
    const toCommunity = moved.filter(({ sender, recipient }) => sender === escrow && recipient === community);
    expect(sum(toCommunity.map(({ amount }) => amount))).toBe(fee);
    expect(sum(moved.filter(({ recipient }) => recipient === escrow).map(({ amount }) => amount))).toBe(
      funded,
    );
    expect(sum(moved.filter(({ sender }) => sender === escrow).map(({ amount }) => amount))).toBe(funded);
  });

  /** What the auditors of the job's batches were paid. */
  async function paidAudits() {
    const paid: { readonly auditor: string; readonly fee: bigint }[] = [];
    for (let height = blocks.from; height <= blocks.to; height += 1) {
      const { events } = await network.chain.fetchBlock(height);
      for (const { type, data } of events)
        if (type === 'AuditPaid' && String(data.jobId) === manifest.jobId) paid.push(data);
    }
    return paid;
  }

  it('pays each batch by gas and price, royalty and fee on top', async () => {
    const { escrow } = await network.chain.escrow((await network.chain.job(BigInt(manifest.jobId))).spec);
    expect(manifest.funded).toBe(String(escrow));
    for (let first = 0; first < job.units; first += batchSize) {
      const batch = manifest.units.slice(first, first + batchSize);
      const { lease } = await network.chain.batch({
        jobId: BigInt(manifest.jobId),
        batch: first / batchSize,
      });
      const pay = (sum(batch.map(({ gas }) => gas)) * (lease?.ask ?? 0n)) / 1_000_000_000n;
      expect(sum(batch.map(({ paid }) => paid))).toBe(pay);
      expect(new Set(batch.map(({ worker }) => worker))).toEqual(new Set([lease?.worker]));
    }
  });

  it('says the same in GraphQL', async () => {
    interface Said {
      readonly job: Record<string, unknown> & {
        readonly module: { readonly id: string; readonly author: string };
        readonly batches: { readonly edges: readonly { readonly node: { readonly state: string } }[] };
        readonly units: { readonly edges: readonly { readonly node: SaidUnit }[] };
        readonly payments: { readonly edges: readonly { readonly node: SaidPayment }[] };
      };
      readonly workers: { readonly edges: readonly { readonly node: { readonly owner: string } }[] };
    }
    interface SaidUnit {
      readonly index: number;
      readonly [field: string]: unknown;
    }
    interface SaidPayment {
      readonly owner: string;
      readonly pay: string;
      readonly royalty: string;
      readonly fee: string;
    }
    const query = `query ($id: UInt64!) {
      job(id: $id) {
        state requester author funded paid royalties fees audits refunded remaining unitCount batchCount finalBatches
        module { id author }
        batches(first: 50) { edges { node { index state unitCount worker { owner } } } }
        units(first: 50) { edges { node { index status exitCode gas outputHash owner paid } } }
        payments(first: 50) { edges { node { owner pay royalty fee } } }
      }
      workers(first: 50) { edges { node { owner } } }
    }`;
    const said = await ask<Said>(network.devnet.graphql[0], query, { id: manifest.jobId }, blocks.to);
    expect(said.job).toMatchObject({
      state: 'Settled',
      requester: network.requester.address,
      author,
      funded: manifest.funded,
      paid: manifest.paid,
      royalties: manifest.royalty,
      fees: manifest.fee,
      audits: manifest.audits,
      refunded: manifest.refunded,
      remaining: '0',
      unitCount: job.units,
      batchCount: 4,
      finalBatches: 4,
      module: { id: moduleId, author },
    });
    expect(said.job.batches.edges.map(({ node }) => node)).toEqual(
      [4, 4, 4, 2].map((unitCount, index) => ({
        index,
        state: 'Final',
        unitCount,
        worker: { owner: manifest.units[index * batchSize]?.worker },
      })),
    );
    expect(said.job.units.edges.map(({ node }) => node)).toEqual(
      manifest.units.map(({ status, exitCode, gas, outputSha256, worker }, index) => ({
        index,
        status,
        exitCode,
        gas,
        outputHash: outputSha256,
        owner: worker,
        paid: true,
      })),
    );
    const payments = said.job.payments.edges.map(({ node }) => node);
    expect(payments).toHaveLength(4);
    expect(sum(payments.map(({ pay }) => pay))).toBe(BigInt(manifest.paid));
    expect(sum(payments.map(({ royalty }) => royalty))).toBe(BigInt(manifest.royalty));
    expect(sum(payments.map(({ fee }) => fee))).toBe(BigInt(manifest.fee));
    expect(said.workers.edges.map(({ node }) => node.owner).toSorted()).toEqual(owners.toSorted());
  });
});
