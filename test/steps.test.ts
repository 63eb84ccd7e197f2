import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { found } from '@dmcn/chain-client';
import { digitsInputs, languagesInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import { document, fails } from './support/dmcn.js';
import type { JobStatus, Manifest, Submitted, UnitRun } from './support/documents.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { run, start } from './support/process.js';
import { digits, inputDirectory, program } from './support/programs.js';
import { until } from './support/until.js';

describe.concurrent('a job in steps', () => {
  let network: Network;
  let small: string;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    small = await inputDirectory(digitsInputs({ units: 3, imagesPerUnit: 4 }));
    await network.json('module', 'publish', digits);
  });
  afterAll(() => network.close());

  const submit = (...flags: readonly (string | number)[]) =>
    network.json<Submitted>('job', 'submit', '--module', digits, '--input-dir', small, ...flags);
  const status = (jobId: string) => network.json<JobStatus>('job', 'status', jobId);

  /** Submits a job, and another one where that was over, until what has to be done to an open batch came in time. */
  async function whileOpen<T>(
    flags: readonly (string | number)[],
    act: (jobId: string) => Promise<T | false>,
  ): Promise<T> {
    let { jobId } = await submit(...flags);
    return until(
      'something to be done to an open batch in time',
      async () => {
        const done = await act(jobId);
        if (done === false && (await status(jobId)).state === 'Settled') ({ jobId } = await submit(...flags));
        return done;
      },
      200,
    );
  }

  it('estimate runs a sample here and moves no coins', async () => {
    const requester = await network.person('curious', 1_000_000n);
    const flags = ['--input-dir', small, '--sample', 2, '--from', requester.name];
    const estimate = await network.balancesAfter([requester.address], () =>
      network.json<Record<string, unknown>>('job', 'estimate', '--module', digits, ...flags),
    );
    expect(estimate).toMatchObject({ units: 3, sampled: 2, failed: [] });
    expect(BigInt(String(estimate.gasPerUnit))).toBeGreaterThan(0n);
    expect(BigInt(String(estimate.gasLargest))).toBeGreaterThanOrEqual(BigInt(String(estimate.gasPerUnit)));
    expect(BigInt(String(estimate.cost))).toBeGreaterThan(0n);
    expect(estimate.seconds).toBeGreaterThan(0);
  });

  it('one file cut by lines, every unit run here too before it is accepted', async () => {
    const pieces = languagesInputs({ units: 3, linesPerUnit: 5 }).map(({ bytes }) => Buffer.from(bytes));
    const file = join(await newDirectory(), 'lines.txt');
    await writeFile(file, Buffer.concat(pieces));
    const output = join(await newDirectory(), 'results');
    const flags = ['--input', file, '--lines-per-unit', 5, '--verify', 1, '--output', output];
    const job = await network.json<Manifest>('job', 'run', '--module', program('languages'), ...flags);
    expect(job.units.map(({ name, status: how }) => [name, how])).toEqual(
      ['0', '1', '2'].map((name) => [name, 'OK']),
    );
    for (const [i, piece] of pieces.entries()) {
      const input = join(await newDirectory(), 'piece');
      await writeFile(input, piece);
      const line = ['module', 'run', program('languages'), '--input', input, '--unit', String(i)];
      expect(job.units[i]).toMatchObject(await document<UnitRun>(line));
      const bytes = await readFile(join(output, `${i}.out`));
      expect(job.units[i]?.outputSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('submit, status, wait, fetch; and fetch again, anywhere but among another job’s results', async () => {
    const { jobId, moduleId, escrow, height } = await submit();
    expect(height).toBeGreaterThan(0);
    const listed = await network.json<{ id: string }[]>('job', 'list', '--mine');
    expect(listed).toContainEqual(expect.objectContaining({ id: jobId }));
    expect(await network.json('job', 'wait', jobId)).toEqual({ jobId, state: 'Settled', source: 'chain' });
    expect(await status(jobId)).toMatchObject({ state: 'Settled', funded: escrow, remaining: '0' });
    const output = join(await newDirectory(), 'results');
    const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
    expect(manifest).toMatchObject({ jobId, moduleId, funded: escrow });
    const again = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
    const elsewhere = await network.json<Manifest>('job', 'fetch', jobId, '--output', await newDirectory());
    expect([again, elsewhere]).toEqual([manifest, manifest]);
    const run = ['job', 'run', '--module', digits, '--input-dir', small, '--output'];
    await fails(network.at(...run, output), new RegExp(`has results of job ${jobId}; resume that with`));
    const other = join(await newDirectory(), 'other');
    await cp(small, other, { recursive: true });
    await fails(network.at(...run, other), /is not empty; choose another directory/);
    await fails(
      network.at('job', 'fetch', jobId, '--output', other),
      /is not empty; choose another directory/,
    );
  });

  it('an interrupted run goes on by itself and says how to resume', async () => {
    const output = join(await newDirectory(), 'results');
    const running = start(
      network.at('job', 'run', '--module', digits, '--input-dir', small, '--output', output),
    );
    const said = await running.says(/job \d+ is submitted/);
    const [jobId = ''] = /\d+/.exec(said) ?? [];
    running.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      `job ${jobId} goes on; resume with "dmcn job fetch ${jobId} --output ${output}"`,
    );
    const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', output);
    expect(manifest.units.map(({ status: how }) => how)).toEqual(['OK', 'OK', 'OK']);
  });

  it('accept pays open batches at once', async () => {
    const { jobId, accepted } = await whileOpen(['--batch-size', 1], async (id) => {
      const answer = await network.json<{ jobId: string; accepted: number[] }>('job', 'accept', id);
      expect(answer.jobId).toBe(id);
      return answer.accepted.length > 0 && answer;
    });
    const { finalBatches } = await status(jobId);
    expect(finalBatches).toBeGreaterThanOrEqual(accepted.length);
    await network.json('job', 'wait', jobId);
    expect(await network.json('job', 'accept', jobId)).toEqual({ jobId, accepted: [] });
  });

  it('a demanded output is posted on chain, and its deposit goes to the poster', async () => {
    const requester = await network.person('demanding', 20_000_000n);
    const { demandDeposit } = await network.chain.taskParams();
    const { jobId, ...unit } = await whileOpen(['--batch-size', 1, '--from', requester.name], async (id) => {
      const { items } = await network.chain.batches({ jobId: BigInt(id) });
      const open = items.find(({ state }) => state === 'Challenge');
      if (open === undefined) return false;
      const demand = network.at('job', 'demand', id, '--unit', open.index, '--json');
      return (await run(demand)).code === 0 && { jobId: id, index: open.index };
    });
    const id = { jobId: BigInt(jobId), batch: unit.index, epoch: 0, unit: unit.index };
    const { output, height } = await until('the answer', () => found(network.chain.postedOutputOf(id)));
    const deposit = await network.ledger.moduleAccount('task_deposit');
    const moved = await network.ledger.transfers(height - 1, height);
    const poster = (await network.chain.batch(id)).lease?.worker;
    const { operator } = (await network.chain.worker(poster ?? '')).worker;
    expect(moved).toContainEqual({ sender: deposit, recipient: operator, amount: demandDeposit });
    const again = await run(network.at('job', 'demand', jobId, '--unit', unit.index));
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringMatching(/demanded already|not possible|job is over/),
    ]);
    const manifest = await network.json<Manifest>('job', 'fetch', jobId, '--output', await newDirectory());
    const sha256 = createHash('sha256').update(output).digest('hex');
    expect(sha256).toBe(manifest.units[unit.index]?.outputSha256);
  });

  it('cancel ends what nobody took and refunds it', async () => {
    const requester = await network.person('hesitant', 20_000_000n);
    const { jobId, escrow } = await submit('--feature', ownFeature(), '--from', requester.name);
    await network.balancesAfter(
      [requester.address],
      async () => {
        await network.json('job', 'cancel', jobId);
        expect(await network.json('job', 'wait', jobId)).toEqual({
          jobId,
          state: 'Expired',
          source: 'chain',
        });
      },
      () => ({ [requester.address]: BigInt(escrow) }),
    );
    await fails(network.at('job', 'cancel', jobId), /job is over/);
  });
});

describe.sequential('a worker, seen and told by its owner', () => {
  let network: Network;
  let at: readonly string[];
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    at = ['--home', join(network.devnet.home, 'workers', 'worker0'), '--node', network.devnet.rpc[0]];
  });
  afterAll(() => network.close());

  const worker = <T>(...verb: readonly string[]) => document<T>(['worker', ...verb, ...at]);
  interface Shown {
    readonly owner: string;
    readonly status: string;
    readonly bond: string;
    readonly locked: string;
    readonly balance: string;
    readonly reputation: number;
  }

  it('pauses and resumes, and why tells', async () => {
    const before = await worker<Shown>('status');
    expect(before).toMatchObject({ status: 'Active', bond: '50000000' });
    await worker('pause');
    expect(await worker<Shown>('status')).toMatchObject({ status: 'Paused' });
    const { worker: reasons } = await worker<{ worker: string[] }>('why');
    expect(reasons.join('\n')).toMatch(/paused/i);
    await fails(['worker', 'pause', ...at], /wrong status/);
    await worker('resume');
    expect(await worker<Shown>('status')).toMatchObject({ status: 'Active', owner: before.owner });
  });

  it('adds to its bond and takes it back', async () => {
    const { owner } = await worker<Shown>('status');
    await network.chain.send({ to: owner, amount: 3_000_000n }, { signer: network.requester.signer });
    await network.balancesAfter(
      [owner],
      () => worker('bond', '2dmc'),
      () => ({ [owner]: -2_000_000n }),
    );
    expect(await worker<Shown>('status')).toMatchObject({ bond: '52000000' });
    await network.balancesAfter(
      [owner],
      () => worker('withdraw', '2000000'),
      () => ({ [owner]: 2_000_000n }),
    );
    await fails(['worker', 'withdraw', '60dmc', ...at], /insufficient bond/);
    expect(await worker<Shown>('status')).toMatchObject({ bond: '50000000' });
  });
});
