import { createHash, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsInputs, type UnitInput } from '@dmcn/modules';
import {
  auditHash,
  batchRoot,
  encodeLeafRecord,
  hexToBytes,
  type Leaf,
  leafPreimage,
  type Status,
} from '@dmcn/protocol';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Canaries, type Sighting, sightings } from './support/canary.js';
import { newDirectory } from './support/devnet.js';
import type { Submitted, UnitRun } from './support/documents.js';
import { ask } from './support/graphql.js';
import { HandWorker } from './support/hand-worker.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { digits, inputDirectory } from './support/programs.js';
import { until } from './support/until.js';
import { WorkerProcess } from './support/worker-process.js';

const units = 3;
const imagesPerUnit = 20;
const inputs = unseenInputs();
const gasLimit = 100_000_000;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe.sequential('what only the audited worker knows', () => {
  let network: Network;
  let worker: WorkerProcess;
  let auditor: HandWorker;
  let jobId: bigint;
  let from: number;
  let leaves: readonly Leaf[];
  /** What the worker computed, and all that its leaves are made into. */
  let secrets: Canaries;

  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    const feature = ownFeature();
    const inputDir = await inputDirectory(inputs);
    const local = await Promise.all(
      inputs.map(async ({ name }, unit) => {
        const output = join(await newDirectory(), 'output');
        const flags = ['--input', join(inputDir, name), '--unit', unit, '--gas-limit', gasLimit];
        const ran = await network.json<UnitRun>('module', 'run', digits, ...flags, '--output', output);
        return { ran, output: await readFile(output) };
      }),
    );
    leaves = local.map(({ ran }) => ({
      status: ran.status as Status,
      exitCode: ran.exitCode,
      gas: BigInt(ran.gas),
      outputHash: hexToBytes(ran.outputSha256),
    }));
    worker = await WorkerProcess.start(network, ['--feature', feature]);
    auditor = await HandWorker.register(network, feature);
    from = await network.ledger.height();
    const job = ['--module', digits, '--input-dir', inputDir, '--batch-size', units, '--gas-limit', gasLimit];
    const submitted = await network.json<Submitted>(
      'job',
      'submit',
      ...job,
      '--feature',
      feature,
      '--audit-rate',
      1,
    );
    jobId = BigInt(submitted.jobId);
    const preimages = leaves.map((leaf, unit) => leafPreimage(jobId, unit, leaf));
    secrets = {
      ...Object.fromEntries(local.map(({ output }, unit) => [`output ${unit}`, output])),
      ...Object.fromEntries(leaves.map(({ outputHash }, unit) => [`output hash ${unit}`, outputHash])),
      ...Object.fromEntries(leaves.map((leaf, unit) => [`leaf record ${unit}`, encodeLeafRecord(leaf)])),
      ...Object.fromEntries(preimages.map((leaf, unit) => [`leaf ${unit}`, leaf])),
      ...Object.fromEntries(preimages.map((leaf, unit) => [`SHA-256 of leaf ${unit}`, sha256(leaf)])),
      ...Object.fromEntries(
        preimages.map((leaf, unit) => [
          `tree's hash of leaf ${unit}`,
          sha256(Buffer.concat([Buffer.of(0), leaf])),
        ]),
      ),
      root: batchRoot(jobId, 0, leaves),
    };
  });
  afterAll(async () => {
    await auditor?.pause();
    await worker?.stop();
    network?.close();
  });

  /** Looks everywhere once the API knows what the chain has. */
  async function seen(): Promise<Sighting[]> {
    await ask(network.devnet.graphql[0], '{ network { height } }', {}, await network.ledger.height());
    return sightings(network, jobId, from, secrets);
  }

  it('is worth looking for: long enough, and nowhere in the inputs', () => {
    for (const [name, bytes] of Object.entries(secrets)) {
      expect(bytes.length, name).toBeGreaterThanOrEqual(20);
      for (const input of inputs)
        expect(Buffer.from(input.bytes).includes(Buffer.from(bytes)), name).toBe(false);
    }
  });

  it('cannot be read from chain, blobs or API before the auditor posted', async () => {
    await until('the audit to be drawn', async () => (await drawn()) !== undefined, 60);
    const { state } = await network.chain.batch({ jobId, batch: 0 });
    expect(await seen()).toEqual([]);
    expect(state).toBe('AuditWait');
    expect((await drawn())?.state, 'the auditor had not posted meanwhile').toBe('Drawn');
  });

  it('is found by the same search once the batch is open, so far as openings tell it', async () => {
    const audit = await drawn();
    if (audit === undefined) throw new Error('no audit is drawn any more');
    const account = network.chain.addressBytes(auditor.owner.address);
    const hashes = audit.units.map((unit) =>
      auditHash(account, leafPreimage(jobId, unit, leaves[unit] as Leaf)),
    );
    await network.chain.postAudit(
      { jobId, batch: 0, epoch: 0, index: audit.index, hashes },
      auditor.asOperator,
    );
    await until('the batch to be open', async () => {
      const { state } = await network.chain.batch({ jobId, batch: 0 });
      return state === 'Challenge' || state === 'Final';
    });
    const found = await seen();
    const ofKind = (where: string) => found.filter((each) => each.where.startsWith(where));
    for (let unit = 0; unit < units; unit += 1) {
      const isHash = ({ canary }: Sighting) => canary === `output hash ${unit}`;
      expect(ofKind('block').some(isHash), `the chain tells the output hash of unit ${unit}`).toBe(true);
      expect(ofKind('API').some(isHash), `the API tells the output hash of unit ${unit}`).toBe(true);
    }
    expect(found.filter(({ canary }) => /^output \d/.test(canary))).toEqual([]);
    expect(ofKind('blob')).toEqual([]);
  });

  it('is paid for by the requester, who alone can read the outputs', async () => {
    const output = join(await newDirectory(), 'results');
    const { audits } = await network.json<{ audits: string }>('job', 'fetch', jobId, '--output', output);
    expect(BigInt(audits)).toBeGreaterThan(0n);
  });

  async function drawn() {
    const { items } = await network.chain.auditorAudits({ auditor: auditor.owner.address });
    return items.find((audit) => audit.jobId === jobId && audit.state === 'Drawn');
  }
});

/** Images drawn by lot, so that no other job, whose outputs anybody may see, gives the same outputs. */
function unseenInputs(): UnitInput[] {
  const images = digitsInputs({ units: 2_000, imagesPerUnit: 1 }).map(({ bytes }) => bytes.subarray(4));
  return digitsInputs({ units, imagesPerUnit }).map(({ name, bytes: { length } }) => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32BE(imagesPerUnit);
    for (let at = 4; at < length; at += images[0]?.length ?? length)
      bytes.set(images[randomInt(images.length)] as Uint8Array, at);
    return { name, bytes };
  });
}
