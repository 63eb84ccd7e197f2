import type { Block, ChainClient, Job, PlacedEvent } from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import { pastBatches } from './past-batches.js';

const lease = (batch: number, epoch: number) => ({ jobId: 7n, batch, epoch });
const story: readonly (readonly (readonly [string, object])[])[] = [
  [['BatchOffered', { ...lease(0, 0), lease: { worker: 'lapsed', ask: 1n } }]],
  [['BatchOffered', { ...lease(0, 1), lease: { worker: 'paid', ask: 2n } }]],
  [['BatchCommitted', { ...lease(0, 1), outputsHash: Uint8Array.of(9) }]],
  [
    ['BatchOpened', lease(0, 1)],
    ['OutputDemanded', lease(0, 1)],
    ['BatchPaid', { ...lease(0, 1), jobId: 8n }],
  ],
  [['BatchPaid', { ...lease(0, 1), units: 3 }]],
];

test('a batch that left the state is put together from the blocks of the lease that was paid', async () => {
  const chain: Partial<ChainClient> = {
    async *blocks({ from = 0 } = {}) {
      for (const [i, said] of story.entries()) {
        const height = from + i;
        const events = said.map(([type, data]) => ({ type, data, height }));
        yield { height, events: events as unknown as PlacedEvent[] } as unknown as Block;
      }
    },
  };
  const job = { id: 7n, submittedHeight: 10, settledHeight: 14 } as Job;
  expect(await pastBatches(job, chain as ChainClient)).toMatchObject([
    {
      ...{ jobId: 7n, index: 0, epoch: 1, units: 3, state: 'Final', demanded: true },
      lease: { worker: 'paid', ask: 2n },
      commitment: { height: 12, outputsHash: Uint8Array.of(9) },
      opening: { height: 13 },
    },
  ]);
});
