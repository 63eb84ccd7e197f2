import { setTimeout as sleep } from 'node:timers/promises';
import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { document, misused } from './support/dmcn.js';
import type { Submitted } from './support/documents.js';
import { ownFeature } from './support/job-spec.js';
import { Network } from './support/network.js';
import { isAlive } from './support/process.js';
import { canLook, cpuOf, crowdedFor, treeOf } from './support/process-tree.js';
import { inputDirectory, longUnits, longUnitsNeed, program, variant } from './support/programs.js';
import { until } from './support/until.js';
import { WorkerProcess } from './support/worker-process.js';

interface Why {
  readonly worker: readonly string[];
  readonly rules: readonly { readonly rule: string; readonly reason: string }[];
  readonly jobs: readonly { readonly jobId: string; readonly rule: string; readonly reason: string }[];
}

describe.concurrent('the owner of a device decides what it does', () => {
  let network: Network;
  let images: string;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    images = await inputDirectory(digitsInputs({ units: 2, imagesPerUnit: 5 }));
  });
  afterAll(() => network.close());

  const tell = <T>(worker: WorkerProcess, verb: string) =>
    document<T>(['worker', verb, '--home', worker.home, '--node', network.devnet.rpc[0]]);
  const statusOf = async ({ owner }: WorkerProcess) => (await network.chain.worker(owner)).worker.status;

  async function submit(feature: string, file: string, ...flags: readonly string[]): Promise<bigint> {
    const what = ['--module', file, '--input-dir', images, '--feature', feature];
    const { jobId } = await network.json<Submitted>('job', 'submit', ...what, '--gas-limit', '2e8', ...flags);
    return BigInt(jobId);
  }

  it('takes only the modules and the units that were allowed, and why names the rule', async () => {
    const feature = ownFeature();
    const [allowed, other] = [await variant('digits', 'allowed'), await variant('digits', 'other')];
    const limits = [
      '--feature',
      feature,
      '--module',
      allowed.file,
      '--longest-unit',
      '10s',
      '--memory',
      '64',
    ];
    const worker = await WorkerProcess.start(network, limits);
    const kept = {
      modules: await submit(feature, other.file),
      gas_limit: await submit(feature, allowed.file, '--gas-limit', '5e9'),
      memory: await submit(feature, allowed.file, '--memory', '65'),
      price: await submit(feature, allowed.file, '--max-price', '999'),
      features: await submit(feature, allowed.file, '--feature', 'none-has-this'),
    };
    const fit = await submit(feature, allowed.file);
    await until('the job that is allowed to be committed', async () => {
      const { items } = await network.chain.batches({ jobId: fit });
      return items[0] !== undefined && !['Offered', 'Leased'].includes(items[0].state);
    });
    const why = await tell<Why>(worker, 'why');
    expect(why.rules).toEqual([]);
    for (const [rule, jobId] of Object.entries(kept)) {
      expect(why.jobs).toContainEqual({ jobId: String(jobId), rule, reason: expect.any(String) });
      expect((await network.chain.job(jobId)).nextBatch, rule).toBe(0);
    }
    const { worker: record } = await network.chain.worker(worker.owner);
    expect(record.modules.map((id) => Buffer.from(id).toString('hex'))).toHaveLength(1);
    expect(record.maxGasLimit).toBeGreaterThan(200_000_000n);
    expect(record.maxGasLimit).toBeLessThan(5_000_000_000n);
    await Promise.all(Object.values(kept).map((jobId) => network.json('job', 'cancel', jobId)));
    await worker.stop();
    expect((await tell<Why>(worker, 'why')).rules.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['not_running', 'paused']),
    );
  });

  it('keeps its schedule over restarts, and a pause of its user over both', async () => {
    const at = (hours: number) => `${String((new Date().getUTCHours() + hours) % 24).padStart(2, '0')}:00`;
    const feature = ownFeature();
    const [closed = [], open] = [`${at(12)}-${at(13)}`, `${at(23)}-${at(3)}`].map((schedule) => [
      ...['--feature', feature, '--schedule', schedule, '--time-zone', 'UTC'],
    ]);
    const worker = await WorkerProcess.start(network, closed);
    expect(await statusOf(worker)).toBe('Paused');
    const why = await tell<Why>(worker, 'why');
    expect(why.rules.map(({ rule }) => rule)).toContain('schedule');
    expect(why.worker.join()).toContain(`T${at(12)}:00.000Z`);
    expect(await tell(worker, 'resume')).toMatchObject({ status: 'Paused' });
    expect(await statusOf(worker)).toBe('Paused');

    await worker.kill();
    worker.restart(open);
    await worker.ready();
    expect(await statusOf(worker)).toBe('Active');
    const { atHome } = await tell<{ atHome: object }>(worker, 'status');
    expect(atHome).toMatchObject({ running: true, cpu: 100, shift: { open: true } });

    await tell(worker, 'pause');
    await worker.kill();
    worker.restart(open);
    await worker.ready();
    expect(await statusOf(worker)).toBe('Paused');
    expect((await tell<Why>(worker, 'why')).rules.map(({ rule }) => rule)).toContain('paused');
    await tell(worker, 'resume');
    expect(await statusOf(worker)).toBe('Active');
    await worker.stop();
  });

  it.runIf(canLook)('keeps to its share of a core, and leaves no process behind that is killed', async () => {
    const [percent, points, measuredMs] = [50, 3, 10_000];
    const feature = ownFeature();
    const worker = await WorkerProcess.start(network, ['--feature', feature, '--cpu', String(percent)]);
    expect((await network.chain.worker(worker.owner)).worker.rate).toBe(50_000_000n);
    const tiles = await inputDirectory(longUnits);
    const { jobId } = await network.json<Submitted>(
      ...['job', 'submit', '--module', program('bulb'), '--input-dir', tiles, '--feature', feature],
      ...['--batch-size', '64', ...longUnitsNeed],
    );
    const { pid } = await until('the worker to be at work', async () => {
      const doing = await worker.doing();
      return doing.state === 'working' && (doing.done ?? 0) >= 1 ? doing : undefined;
    });
    const look = () => ({ at: performance.now(), cpu: cpuOf(pid), crowded: crowdedFor() });
    const before = look();
    await sleep(measuredMs);
    const after = look();
    expect((await worker.doing()).state).toBe('working');
    const tree = treeOf(pid);
    const part = (of: 'cpu' | 'crowded') => (100 * (after[of] - before[of])) / (after.at - before.at);
    const figures = `${part('cpu').toFixed(1)} of ${percent} %, cores short for ${part('crowded').toFixed(1)} %`;
    expect(part('cpu'), figures).toBeLessThan(percent + points);
    expect(part('cpu'), figures).toBeGreaterThan(percent - points - (part('crowded') || percent));

    expect(tree.length, 'the worker, its unit, and what guards it').toBeGreaterThanOrEqual(3);
    await worker.kill();
    await until('nothing of it to be left', async () => !tree.some(isAlive), 10);
    worker.restart();
    await until('the commit', async () => {
      const { items } = await network.chain.batches({ jobId: BigInt(jobId) });
      return items[0] !== undefined && items[0].state !== 'Leased';
    });
    expect((await network.chain.batch({ jobId: BigInt(jobId), batch: 0 })).epoch).toBe(0);
    await worker.stop();
  });

  it('wrong limits are wrong usage, and named', async () => {
    const start = ['worker', 'start', '--node', network.devnet.rpc[0], '--home', '/nowhere'];
    await misused([...start, '--cpu', '0'], /--cpu.*from 1 to 100/);
    await misused([...start, '--longest-unit', 'soon'], /--longest-unit.*duration such as/);
    await misused([...start, '--module', 'nothing.wasm'], /nothing\.wasm is neither a file nor the id/);
    await misused([...start, '--schedule', 'nights'], /--schedule: "nights" is no/);
  });
});
