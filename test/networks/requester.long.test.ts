import { join } from 'node:path';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import type { Submitted } from '../support/documents.js';
import { HandNetwork } from '../support/hand-network.js';
import { digits, inputDirectory, longUnits, longUnitsNeed, program } from '../support/programs.js';
import { type KillAt, runStubbornly } from '../support/stubborn-run.js';
import { until } from '../support/until.js';
import { WorkerProcess } from '../support/worker-process.js';

const rounds = 20;
/** A command gives a dead node five seconds, in which it has to start too. */
const nodeBackWithinMs = 2_000;
/** The faster a worker says it is, the shorter are its leases. */
const quick = ['--rate', '1e9'];

describe.sequential('a requester, again and again', () => {
  let hands: HandNetwork;
  let worker: WorkerProcess;
  let inputDir: string;
  beforeAll(async () => {
    hands = await HandNetwork.start('500ms');
    inputDir = await inputDirectory(digitsInputs({ units: 4, imagesPerUnit: 4 }));
    worker = await WorkerProcess.start(hands.network, quick);
  });
  afterAll(async () => {
    await hands?.stop();
  });

  const job = (verb: string, from: string, ...flags: readonly string[]) =>
    hands.network.at('job', verb, '--module', digits, '--input-dir', inputDir, '--from', from, ...flags);

  it.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    'round %i: killed with -9 at random moments and typed again, the node dying too: one job, one escrow',
    async () => {
      const requester = await hands.network.person('stubborn', 50_000_000n);
      const output = join(await newDirectory(), 'results');
      const moments = Array.from(
        { length: 2 + Math.floor(Math.random() * 4) },
        (): KillAt =>
          Math.random() < 0.25 ? { ms: Math.random() * 8_000 } : { ms: 400 + Math.random() * 2_000 },
      );
      const args = job('run', requester.name, '--batch-size', '2', '--output', output);
      const manifest = await runStubbornly(hands, requester, args, output, {
        moments: Math.random() < 0.5 ? ['signed', ...moments] : moments,
        nodeBackAfterMs: Math.random() * nodeBackWithinMs,
      });
      expect(manifest.units.map(({ status }) => status)).toEqual(new Array(4).fill('OK'));
    },
  );

  it('all workers gone in the middle of their leases: the job expires and is refunded in full', async () => {
    const { network } = hands;
    const requester = await network.person('alone', 50_000_000n);
    await network.json('module', 'publish', program('bulb'));
    const tiles = await inputDirectory(longUnits.slice(0, 16));
    const submit = ['job', 'submit', '--module', program('bulb'), '--input-dir', tiles, '--batch-size', '8'];
    const flags = [...longUnitsNeed, '--deadline', '20', '--from', requester.name];
    await network.balancesAfter([requester.address], async () => {
      const { jobId } = await network.json<Submitted>(...submit, ...flags);
      await until('the worker to be in the middle of it', async () => {
        const { state, done = 0 } = await worker.doing();
        return state === 'working' && done >= 1;
      });
      await worker.kill();
      const over = await until(
        'the end of the job',
        async () => {
          const found = await network.chain.job(BigInt(jobId));
          return found.settledHeight > 0 && found;
        },
        300,
      );
      expect(over).toMatchObject({ state: 'Expired', refunded: over.funded, paid: 0n });
    });
  });
});
