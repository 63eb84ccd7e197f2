import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import { onlyDocument } from '../support/dmcn.js';
import type { Manifest, Receipt, Submitted } from '../support/documents.js';
import { HandNetwork } from '../support/hand-network.js';
import type { Network, Person } from '../support/network.js';
import { run, start } from '../support/process.js';
import { digits, inputDirectory } from '../support/programs.js';
import { runStubbornly } from '../support/stubborn-run.js';
import { until } from '../support/until.js';
import { WorkerProcess } from '../support/worker-process.js';

const units = 4;
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

describe.sequential('a requester', () => {
  let hands: HandNetwork;
  let network: Network;
  let worker: WorkerProcess;
  let inputDir: string;
  /** Of the job whose requester is gone. */
  let jobId: string;
  beforeAll(async () => {
    hands = await HandNetwork.start('500ms');
    network = hands.network;
    inputDir = await inputDirectory(digitsInputs({ units, imagesPerUnit: 4 }));
    worker = await WorkerProcess.start(network, []);
  });
  afterAll(async () => {
    await hands?.stop();
  });

  const job = (verb: string, { name }: Person, ...flags: readonly string[]) =>
    network.at(
      'job',
      verb,
      '--module',
      digits,
      '--input-dir',
      inputDir,
      '--batch-size',
      2,
      '--from',
      name,
      ...flags,
    );

  async function settled(jobId: string) {
    return until('the job to be over', async () => {
      const found = await network.chain.job(BigInt(jobId));
      return found.settledHeight > 0 && found;
    });
  }

  describe.sequential('killed with -9 and typed again', () => {
    let requester: Person;
    let output: string;
    let manifest: Manifest;

    it('in every moment, the node dying too: one job, one escrow, all outputs', async () => {
      requester = await network.person('interrupted', 50_000_000n);
      output = join(await newDirectory(), 'results');
      manifest = await runStubbornly(hands, requester, job('run', requester, '--output', output), output, {
        moments: ['signed', { ms: 700 + Math.random() * 600 }, { ms: Math.random() * 2_500 }],
        nodeBackAfterMs: Math.random() * 1_500,
      });
    });

    it('once more after all is done: the same manifest, no new job', async () => {
      const again = await run([...job('run', requester, '--output', output), '--json']);
      expect(again.stderr).toMatch(new RegExp(`belongs to job ${manifest.jobId}, which goes on`));
      expect(onlyDocument(again)).toEqual(manifest);
      expect((await network.chain.jobs({ requester: requester.address })).items).toHaveLength(1);
    });

    it('with other options in the same directory: refused', async () => {
      const other = await run(job('run', requester, '--output', output, '--gas-limit', '3e8'));
      expect([other.code, other.stderr]).toEqual([
        1,
        expect.stringMatching(new RegExp(`has results of job ${manifest.jobId}; resume that with`)),
      ]);
    });

    it('the receipt names every payment, and its sums are those of the manifest', async () => {
      const kept: Receipt = JSON.parse(await readFile(join(output, 'receipt.json'), 'utf8'));
      expect(await network.json<Receipt>('job', 'receipt', manifest.jobId)).toEqual(kept);
      const { batches } = kept;
      expect(batches.map(({ units: of, worker: by }) => [of, by])).toEqual(
        batches.map(() => [2, worker.owner]),
      );
      for (const part of ['paid', 'royalty', 'fee', 'funded'] as const)
        expect(kept[part]).toBe(manifest[part]);
      expect(sum(batches.map(({ pay }) => pay))).toBe(BigInt(manifest.paid));
      expect(kept.refunded.amount).toBe(manifest.refunded);
      for (const { committed, opened, paid } of batches) {
        for (const place of [committed, opened, ...(paid.hash ? [paid] : [])]) {
          expect((await network.chain.transaction(place.hash ?? '')).height).toBe(place.height);
        }
      }
    });

    it('fetched by its number from another home with the same key: the same outputs, numbered', async () => {
      const home = await newDirectory();
      for (const part of ['keys', 'config.json']) {
        await cp(join(network.devnet.home, part), join(home, part), { recursive: true });
      }
      const elsewhere = await newDirectory();
      const flags = ['--output', elsewhere, '--home', home, '--from', requester.name, '--json'];
      const fetched = onlyDocument<Manifest>(await run(['job', 'fetch', manifest.jobId, ...flags]));
      expect(fetched.units).toEqual(manifest.units.map((unit, i) => ({ ...unit, name: String(i) })));
    });
  });

  it('gone after submitting: the worker is paid in full, and the outputs wait', async () => {
    const requester = await network.person('gone', 50_000_000n);
    const from = await network.ledger.height();
    const before = await network.ledger.balance(worker.owner, from);
    ({ jobId } = onlyDocument<Submitted>(await run([...job('submit', requester), '--json'])));
    const over = await settled(jobId);
    expect(over).toMatchObject({ state: 'Settled', finalBatches: 2 });
    const fees = await network.ledger.fees(worker.owner, from, over.settledHeight);
    const after = await network.ledger.balance(worker.owner, over.settledHeight);
    expect(after - before + fees).toBe(over.paid);
    const receipt = await network.json<Receipt>('job', 'receipt', jobId);
    expect(receipt.batches.map(({ paid }) => paid.hash)).toEqual([null, null]);
  });

  it('a blob store that is down while results are fetched only delays them', async () => {
    await hands.blobs.kill();
    const output = await newDirectory();
    const fetching = start(network.at('job', 'fetch', jobId, '--output', output, '--json'));
    await fetching.says(/cannot be reached .*; trying again/);
    await hands.blobs.start();
    const fetched = await fetching.ended;
    expect(fetched.code, fetched.stderr).toBe(0);
    expect(onlyDocument<Manifest>(fetched).units.map(({ status }) => status)).toEqual(
      new Array(units).fill('OK'),
    );
  });

  it('a result that cannot be written is named, and the rest is fetched once it can', async () => {
    const output = await newDirectory();
    const [first] = digitsInputs({ units, imagesPerUnit: 4 });
    const blocker = join(output, `${first?.name}.out`);
    const { chainId } = network.devnet;
    await Promise.all([
      mkdir(blocker),
      writeFile(join(output, '.dmcn-job.json'), JSON.stringify({ chainId, jobId })),
    ]);
    const fetch = network.at('job', 'fetch', jobId, '--output', output, '--json');
    const stopped = await run(fetch);
    expect([stopped.code, stopped.stderr]).toEqual([
      1,
      expect.stringMatching(/\.out cannot be written; make room or give the right to write there/),
    ]);
    expect(stopped.stderr).toContain(`try "dmcn job fetch ${jobId} --output ${output}"`);
    await rm(blocker, { recursive: true });
    expect((await run(fetch)).code).toBe(0);
  });

  it('all workers gone: the job expires at its deadline and is refunded in full', async () => {
    const requester = await network.person('alone', 50_000_000n);
    await worker.kill();
    await network.balancesAfter([requester.address], async () => {
      const output = join(await newDirectory(), 'results');
      const ended = await run([...job('run', requester, '--deadline', '25', '--output', output), '--json']);
      expect([ended.code, ended.stderr]).toEqual([
        1,
        expect.stringMatching(/4 units were never done; their money is refunded/),
      ]);
      const { funded, refunded, paid, jobId: id } = onlyDocument<Manifest>(ended);
      expect({ refunded, paid }).toEqual({ refunded: funded, paid: '0' });
      expect(await network.json<Receipt>('job', 'receipt', id)).toMatchObject({
        state: 'Expired',
        refunded: { amount: funded },
        batches: [],
        endedBatches: 2,
      });
    });
  });
});
