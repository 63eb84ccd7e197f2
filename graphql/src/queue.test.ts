import {
  accept,
  applyBlock,
  cancelJob,
  draw,
  endWaiting,
  Network,
  register,
  storeModule,
  submitJob,
} from '@dmcn/indexer/testing';
import { afterAll, expect, test } from 'vitest';
import { seeded } from './testing/seeded.js';

const net = new Network();
const api = seeded({ net });
afterAll(api.close);

const waits = async () => {
  const { data, errors } = await api.ask(
    '{ queueDepth { jobs batches units } market { demand { jobs batches units } } }',
  );
  expect(errors).toBeUndefined();
  const [level = { jobs: 0, batches: 0, units: 0 }] = data.market.demand;
  expect(level).toEqual(data.queueDepth);
  return level;
};
const endBlock = () => applyBlock(api.store, net.endBlock(), net.height);

test('a job waits while a batch of it may be drawn: not once all are leased, and not once it is cancelled', async () => {
  const worker = register(net, 0);
  const module = storeModule(net, 1);
  const leased = submitJob(net, module, 4, 4);
  const cancelled = submitJob(net, module, 8, 4);
  endBlock();
  expect(await waits()).toEqual({ jobs: 2, batches: 3, units: 12 });

  for (const job of [leased, cancelled]) accept(net, draw(net, job, worker));
  endBlock();
  expect(await waits()).toEqual({ jobs: 1, batches: 1, units: 4 });

  cancelJob(net, cancelled);
  endWaiting(net, cancelled);
  endBlock();
  expect(net.jobs.get(cancelled.id)).toMatchObject({ state: 'Open', nextBatch: 1, batches: 2 });
  expect(await waits()).toEqual({ jobs: 0, batches: 0, units: 0 });
});
