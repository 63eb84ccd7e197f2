import { expect } from 'vitest';
import type { DevnetDocument } from './devnet.js';
import { Flood, pace, usual } from './flood.js';
import { HandWorker } from './hand-worker.js';
import { jobSpec, ownFeature } from './job-spec.js';
import { Network } from './network.js';
import { digits } from './programs.js';
import { until } from './until.js';

/** How many blocks to look at, and how many batches a worker commits meanwhile. */
export interface Scale {
  readonly quiet: number;
  readonly flooded: number;
  readonly commits: number;
}

/** Gas of a block, in the median, from which it counts as flooded: a quarter of what a devnet's blocks have. */
const flooding = 25_000_000;

/** Batches that the bond of a worker is enough for at once. */
const fitting = 5;

/** Blocks that a transaction may wait that goes first: it is simulated, sent, and may just miss a block. */
const few = 4;

/**
 * Floods a devnet. Blocks have to take at most twice as long as before, in the median, and a worker's commits have to be in
 * a block within a few heights while everybody else's transactions queue up.
 */
export async function underFlood(devnet: DevnetDocument, scale: Scale): Promise<void> {
  const network = await Network.open(devnet);
  try {
    const { chain } = network;
    await network.json('module', 'publish', digits);
    const flood = await Flood.prepare(network);
    const crew: { readonly worker: HandWorker; readonly feature: string }[] = [];
    for (let i = 0; i < scale.commits; i += fitting) {
      const feature = ownFeature();
      crew.push({ worker: await HandWorker.register(network, feature), feature });
    }
    const before = await pace(network, scale.quiet);
    await flood.start(network, usual);
    try {
      await until('the flood to fill blocks', async () => (await pace(network, 2)).gas > flooding);
      const during = pace(network, scale.flooded);
      const waits: number[] = [];
      for (let i = 0; i < scale.commits; i += 1) {
        const { worker, feature } = crew[i % crew.length] as (typeof crew)[number];
        const spec = await jobSpec(network, { features: [feature] });
        const { jobId } = await chain.submitJob(
          { spec, maxEscrow: 1_000_000n },
          { signer: network.requester.signer },
        );
        const batch = await worker.offered(jobId);
        const { commit } = await worker.work(batch);
        const { height: from } = await chain.status();
        const { height } = await chain.commit(
          { jobId, batch: batch.batch, epoch: batch.epoch, ...commit },
          worker.asOperator,
        );
        waits.push(height - from);
      }
      const flooded = await during;
      console.log('before', before, 'under the flood', flooded, 'blocks until each commit', waits);
      expect(Math.max(...waits), 'blocks until a commit').toBeLessThanOrEqual(few);
      expect(flooded.gas, 'the flood went on').toBeGreaterThan(flooding);
      expect(flooded.interval, 'seconds between blocks').toBeLessThanOrEqual(2 * before.interval);
    } finally {
      await flood.stop();
    }
    for (const { worker } of crew) await worker.pause();
  } finally {
    network.close();
  }
}
