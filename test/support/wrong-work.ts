import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHttpBlobStore } from '@dmcn/blob-store';
import type { Batch } from '@dmcn/chain-client';
import { digitsInputs } from '@dmcn/modules';
import { challengeOf } from '@dmcn/requester';
import { expect } from 'vitest';
import { newDirectory } from './devnet.js';
import { document, onlyDocument } from './dmcn.js';
import type { Manifest, UnitRun } from './documents.js';
import type { Network, Person } from './network.js';
import { type Ended, type Running, start } from './process.js';
import { digits, inputDirectory } from './programs.js';
import { until } from './until.js';

const gasLimit = '100000000';

/** Units over real images with what they give on this machine, to compare with what a network of cheaters gives. */
export class Truth {
  private constructor(
    readonly inputDir: string,
    private readonly runs: readonly UnitRun[],
  ) {}

  static async of(units: number): Promise<Truth> {
    const inputs = digitsInputs({ units, imagesPerUnit: 4 });
    const inputDir = await inputDirectory(inputs);
    const runs: UnitRun[] = [];
    for (const [unit, { name }] of inputs.entries()) {
      const input = ['--input', join(inputDir, name), '--unit', String(unit), '--gas-limit', gasLimit];
      runs.push(await document(['module', 'run', digits, ...input]));
    }
    return new Truth(inputDir, runs);
  }

  get units(): number {
    return this.runs.length;
  }

  /** The arguments of a job of one batch over these inputs. */
  job(verb: string, ...flags: readonly string[]): string[] {
    const inputs = [
      '--input-dir',
      this.inputDir,
      '--batch-size',
      String(this.units),
      '--gas-limit',
      gasLimit,
    ];
    return ['job', verb, '--module', digits, ...inputs, ...flags];
  }

  /** Fails unless a manifest and the outputs beside it are those of this machine. */
  async expectIn({ units }: Manifest, output: string): Promise<void> {
    const told = units.map(({ status, exitCode, gas, outputSha256 }) => ({
      status,
      exitCode,
      gas,
      outputSha256,
    }));
    expect(told).toEqual(this.runs);
    for (const { name, outputSha256 } of units) {
      const { createHash } = await import('node:crypto');
      const bytes = await readFile(join(output, `${name}.out`));
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(outputSha256);
    }
  }
}

/** A job whose requester waits for its results. */
export class CheckedJob {
  private constructor(
    private readonly truth: Truth,
    private readonly output: string,
    readonly requester: Person,
    /** Height before it. */
    readonly since: number,
    private readonly process: Running,
  ) {}

  static async start(
    network: Network,
    truth: Truth,
    requester: Person,
    ...flags: readonly string[]
  ): Promise<CheckedJob> {
    const [since, output] = [await network.ledger.height(), join(await newDirectory(), 'results')];
    const named = ['--from', requester.name, '--output', output, '--json'];
    const process = start(network.at(...truth.job('run', ...named, ...flags)));
    return new CheckedJob(truth, output, requester, since, process);
  }

  /** Its number, once it is submitted. */
  async id(): Promise<bigint> {
    const said = await this.process.says(/job \d+ is submitted/, 240);
    return BigInt(/\d+/.exec(said)?.[0] ?? 0);
  }

  /** How the command ended. */
  get ended(): Promise<Ended> {
    return this.process.ended;
  }

  /** Resolves once it is settled with the right outputs. */
  async endsRight(): Promise<Manifest> {
    const ended = await this.process.ended;
    expect(ended.code, ended.stderr).toBe(0);
    const manifest = onlyDocument<Manifest>(ended);
    await this.truth.expectIn(manifest, this.output);
    return manifest;
  }
}

/** The first batch of a job once it is in a state. */
export const batchIn = (
  network: Network,
  jobId: bigint,
  state: Batch['state'],
  seconds = 120,
): Promise<Batch> =>
  until(
    `batch 0 of job ${jobId} to be ${state}`,
    async () => {
      const batch = await network.chain.batch({ jobId, batch: 0 }).catch(() => undefined);
      return batch?.state === state ? batch : undefined;
    },
    seconds,
    100,
  );

/** Challenges a unit of a batch that is open, in the name of somebody who has nothing to do with the job. */
export async function challenge(network: Network, batch: Batch, unit: number, by: Person) {
  const { chain } = network;
  const job = await chain.job(batch.jobId);
  const store = createHttpBlobStore({ locators: job.spec.locators });
  const message = await challengeOf(job, batch, unit, chain, store);
  const receipt = await chain.challenge(message, { signer: by.signer });
  return { ...receipt, deposit: message.deposit };
}
