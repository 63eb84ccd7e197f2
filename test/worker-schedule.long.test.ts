import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { document } from './support/dmcn.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { until } from './support/until.js';
import { WorkerProcess } from './support/worker-process.js';

const MINUTE = 60_000;
const timeOf = (at: number) => new Date(at).toISOString().slice(11, 16);

describe('a schedule that closes and opens while the worker runs', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
  });
  afterAll(() => network.close());

  const statusOf = async ({ owner }: WorkerProcess) => (await network.chain.worker(owner)).worker.status;

  it('takes the worker out of the draw and brings it back, and leaves it out where its user paused it', async () => {
    const now = Date.now();
    const [closes, opens, ends] = [2, 3, 9].map((minutes) => timeOf(now + minutes * MINUTE));
    const schedule = `${timeOf(now - MINUTE)}-${closes},${opens}-${ends}`;
    const flags = ['--feature', ownFeature(), '--schedule', schedule, '--time-zone', 'UTC'];
    const [worker, paused] = await Promise.all([
      WorkerProcess.start(network, flags),
      WorkerProcess.start(network, flags),
    ]);
    expect(await statusOf(worker)).toBe('Active');
    await document(['worker', 'pause', '--home', paused.home, '--node', network.devnet.rpc[0]]);
    await until('the schedule to close', async () => (await statusOf(worker)) === 'Paused', 180);
    await until('the schedule to open', async () => (await statusOf(worker)) === 'Active', 240);
    expect(await statusOf(paused)).toBe('Paused');
    await Promise.all([worker.stop(), paused.stop()]);
  });
});
