import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import { fails, misused } from '../support/dmcn.js';
import type { JobStatus } from '../support/documents.js';
import { jobSpec, ownFeature } from '../support/job-spec.js';
import type { Network } from '../support/network.js';
import { digits, inputDirectory } from '../support/programs.js';
import { refused } from '../support/refusals.js';
import { until } from '../support/until.js';
import { hashOf, upload } from '../support/upload.js';

const nowhere = 'f'.repeat(64);

export function badJobs(network: () => Network): void {
  it('underfunded: the account has less than the escrow, or the requester allows less', async () => {
    const net = network();
    const poor = await net.person('poor', 12_000n);
    const inputDir = await inputDirectory([{ name: 'one', bytes: 'x' }]);
    const job = ['job', 'run', '--module', digits, '--input-dir', inputDir, '--from', poor.name];
    await net.balancesAfter([poor.address], async () => {
      const output = await newDirectory();
      await fails(net.at(...job, '--output', output), /needs \d+ udmc and a fee, the account has 12000/);
      const little = ['--max-total', '10', '--output', output];
      await fails(net.at(...job, ...little), /may cost \d+ udmc, more than the allowed 10;/);
    });
  });

  it('underfunded, past every check of the client: the chain refuses it', async () => {
    const net = network();
    const requester = await net.person('poor', 300_000n);
    const spec = await jobSpec(net, { units: 64, batchSize: 64, maxPrice: 1_000n });
    const { escrow } = await net.chain.escrow(spec);
    expect(escrow).toBeLessThan(300_000n);
    const dear = { ...spec, gasLimit: 40_000_000_000n };
    const options = { signer: requester.signer };
    await net.balancesAfter([requester.address], async () => {
      await refused('Underfunded', (unasked) =>
        net.chain.submitJob({ spec, maxEscrow: escrow - 1n }, { ...options, ...unasked }),
      );
      await refused('Underfunded', (unasked) =>
        net.chain.submitJob({ spec: dear, maxEscrow: 10n ** 15n }, { ...options, ...unasked }),
      );
    });
  });

  it('N = 0: an empty directory, an empty file, and no units on chain', async () => {
    const net = network();
    const { name, address, signer } = await net.person('idle', 1_000_000n);
    const [inputDir, output] = [await newDirectory(), await newDirectory()];
    const empty = join(await newDirectory(), 'empty');
    await writeFile(empty, '');
    const job = ['job', 'run', '--module', digits, '--from', name, '--output', output];
    const spec = await jobSpec(net, { units: 0 });
    await net.balancesAfter([address], async () => {
      await fails(net.at(...job, '--input-dir', inputDir), /has no file; each file in it is one unit/);
      await fails(net.at(...job, '--input', empty, '--lines-per-unit', 3), /at least one unit/);
      await refused('InvalidJob', (unasked) =>
        net.chain.submitJob({ spec, maxEscrow: 10n ** 9n }, { signer, ...unasked }),
      );
    });
  });

  it('other numbers that make no sense', async () => {
    const net = network();
    const { address, signer } = await net.person('odd', 2_000_000n);
    const spec = await jobSpec(net);
    const odd = {
      'too many units': { units: 2 ** 20 + 1 },
      'batches of 65': { batchSize: 65 },
      'no gas': { gasLimit: 0n },
      'more gas than a unit may have': { gasLimit: 10n ** 15n },
      'no price': { maxPrice: 0n },
      'more memory than there is': { memoryLimit: 1n << 30n },
      'a deadline in the past': { deadline: 1 },
      'more samples than units': { assurance: { auditBps: 2_000, auditors: 1, samples: 65 } },
      'an audit rate that is not offered': { assurance: { auditBps: 1, auditors: 1, samples: 1 } },
    };
    await net.balancesAfter([address], async () => {
      const refusals = Object.entries(odd).map(([what, change]) =>
        refused('InvalidJob', (unasked) =>
          net.chain.submitJob(
            { spec: { ...spec, ...change }, maxEscrow: 10n ** 18n },
            { signer, ...unasked },
          ),
        ).catch((cause) => {
          throw new Error(what, { cause });
        }),
      );
      await Promise.all(refusals);
      await refused('SealedUnsupported', (unasked) =>
        net.chain.submitJob(
          { spec: { ...spec, mode: 'sealed' }, maxEscrow: 10n ** 18n },
          { signer, ...unasked },
        ),
      );
    });
  });

  it('inputs that do not match their root: workers say so, nobody is paid, all is refunded', async () => {
    const net = network();
    const { name, address, signer } = await net.person('mixed-up', 5_000_000n);
    const hashes = randomBytes(3 * 32);
    const [blobs] = net.devnet.blobs;
    const index = Buffer.from(hashOf(hashes), 'hex');
    expect((await upload(signer, blobs, hashes)).status).toBe(201);
    const spec = await jobSpec(net, { inputIndex: index, maxPrice: 2_000n });
    await net.balancesAfter([address], async () => {
      const { jobId, escrow } = await net.chain.submitJob({ spec, maxEscrow: 10n ** 9n }, { signer });
      const suspended = await until(
        'three workers to report that the inputs are missing',
        async () => {
          const status = await net.json<JobStatus>('job', 'status', jobId);
          return status.state === 'Suspended' ? status : undefined;
        },
        120,
      );
      expect(new Set(suspended.missingReporters).size).toBe(3);
      await net.json('job', 'cancel', jobId, '--from', name);
      const over = await until('the end of the job', async () => {
        const status = await net.json<JobStatus>('job', 'status', jobId);
        return status.state === 'Expired' ? status : undefined;
      });
      expect(over).toMatchObject({ paid: '0', refunded: String(escrow), remaining: '0', finalBatches: 0 });
    });
  });

  it('unknown module, job, batch and key', async () => {
    const net = network();
    const { name, address, signer } = await net.person('lost', 5_000_000n);
    const inputDir = await inputDirectory([{ name: 'one', bytes: 'x' }]);
    const output = await newDirectory();
    const job = ['job', 'run', '--input-dir', inputDir, '--output', output];
    const spec = await jobSpec(net, { moduleId: Buffer.from(nowhere, 'hex') });
    await net.balancesAfter([address], async () => {
      await fails(net.at(...job, '--module', nowhere, '--from', name), /unknown task module|does not exist/);
      await misused(
        net.at(...job, '--module', 'nofile.wasm', '--from', name),
        /nofile\.wasm is neither a file nor/,
      );
      await fails(net.at(...job, '--module', digits, '--from', 'nobody'), /there is no key nobody/);
      await fails(net.at('job', 'status', '987654321'), /job 987654321 does not exist/);
      await fails(net.at('job', 'fetch', '987654321', '--output', output), /job 987654321 does not exist/);
      await fails(net.at('job', 'cancel', '987654321', '--from', name), /unknown job/);
      await misused(net.at('job', 'status', 'seven'), /"seven" is no job id/);
      await refused('UnknownModule', (unasked) =>
        net.chain.submitJob({ spec, maxEscrow: 10n ** 9n }, { signer, ...unasked }),
      );
      await refused('UnknownJob', (unasked) =>
        net.chain.acceptBatch({ jobId: 987_654_321n, batch: 0, epoch: 0 }, { signer, ...unasked }),
      );
    });
  });

  it('a batch that does not exist or was never drawn, and somebody else’s job', async () => {
    const net = network();
    const [mine, stranger] = [await net.person('mine', 5_000_000n), await net.person('stranger', 1_000_000n)];
    const spec = await jobSpec(net, { features: [ownFeature()], units: 6 });
    await net.balancesAfter([mine.address, stranger.address], async () => {
      const { jobId, escrow } = await net.chain.submitJob(
        { spec, maxEscrow: 10n ** 9n },
        { signer: mine.signer },
      );
      for (const batch of [1, 7]) {
        await refused('UnknownBatch', (unasked) =>
          net.chain.acceptBatch({ jobId, batch, epoch: 0 }, { signer: mine.signer, ...unasked }),
        );
      }
      await refused('Unauthorized', (unasked) =>
        net.chain.cancelJob({ jobId }, { signer: stranger.signer, ...unasked }),
      );
      await fails(net.at('job', 'cancel', jobId, '--from', stranger.name), /may not do this/);
      await net.json('job', 'cancel', jobId, '--from', mine.name);
      const over = await until('the end of the job', async () => {
        const found = await net.chain.job(jobId);
        return found.state === 'Expired' ? found : undefined;
      });
      expect(over.refunded).toBe(escrow);
    });
  });

  it('a job that nobody takes ends at its deadline and is refunded', async () => {
    const net = network();
    const { name, address } = await net.person('unheard', 5_000_000n);
    const inputDir = await inputDirectory([{ name: 'one', bytes: 'x' }]);
    const output = join(await newDirectory(), 'results');
    const flags = ['--feature', ownFeature(), '--deadline', 15, '--from', name, '--output', output];
    await net.balancesAfter([address], async () => {
      const job = ['job', 'run', '--module', digits, '--input-dir', inputDir, ...flags];
      const { stdout } = await net.ends(
        1,
        [...job, '--json'],
        /1 units were never done; their money is refunded/,
      );
      const { funded, refunded, paid } = JSON.parse(stdout);
      expect({ refunded, paid }).toEqual({ refunded: funded, paid: '0' });
    });
  });
}
