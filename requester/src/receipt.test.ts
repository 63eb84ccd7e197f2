import {
  type Block,
  BlockUnavailableError,
  type ChainClient,
  type Job,
  type PlacedEvent,
} from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { ReceiptError, receiptOf } from './receipt.js';

const job = {
  id: 7n,
  requester: 'dmcn1requester',
  author: 'dmcn1author',
  state: 'Settled',
  spec: { moduleId: Uint8Array.of(1) },
  funded: 100n,
  paid: 30n,
  royalties: 3n,
  fees: 1n,
  audits: 0n,
  refunded: 66n,
  submittedHeight: 2,
  settledHeight: 6,
  finalBatches: 2,
  endedBatches: 0,
} as unknown as Job;

type Said = readonly [txIndex: number | null, type: string, data: object];

const lease = (batch: number, epoch: number) => ({ jobId: 7n, batch, epoch });
const paid = (batch: number, epoch: number, pay: bigint) => ({
  ...lease(batch, epoch),
  ...{ worker: `dmcn1w${batch}`, pay, royalty: pay / 10n, fee: batch === 0 ? 1n : 0n },
  ...{ gasTotal: 5n, ask: 500n, units: 2 },
});

/** What the blocks from height 2 on say. */
const story: readonly (readonly Said[])[] = [
  [[1, 'JobSubmitted', { job: { id: 7n } }]],
  [
    [0, 'BatchCommitted', lease(1, 0)],
    [1, 'BatchCommitted', lease(0, 0)],
    [2, 'BatchCommitted', { ...lease(0, 0), jobId: 8n }],
  ],
  [
    [0, 'BatchOpened', { ...lease(0, 0), opener: 'dmcn1opener' }],
    [1, 'BatchCommitted', lease(1, 1)],
    [2, 'BatchPaid', { ...paid(0, 0, 99n), jobId: 8n }],
  ],
  [
    [0, 'BatchOpened', { ...lease(1, 1), opener: 'dmcn1other' }],
    [1, 'BatchPaid', paid(0, 0, 10n)],
  ],
  [
    [null, 'BatchPaid', paid(1, 1, 20n)],
    [null, 'JobSettled', { jobId: 7n }],
  ],
];

/** Heights of single blocks that were asked for. */
let asked: number[] = [];

function chainThat(over: Partial<Job> = {}, pruned = 0): ChainClient {
  const blocks = story.map((said, i): Block => {
    const height = i + 2;
    const events = said.map(([txIndex, type, data], eventIndex) => ({
      type,
      data,
      txIndex,
      height,
      eventIndex,
    }));
    const txs = [0, 1, 2].map((tx) => ({ hash: `H${height}.${tx}` }));
    return { height, txs, events: events as unknown as PlacedEvent[] } as unknown as Block;
  });
  const chain: Partial<ChainClient> = {
    chainId: 'c-1',
    job: async () => ({ ...job, ...over }),
    fetchBlock: async (height) => {
      asked.push(height);
      const block = blocks.find((one) => one.height === height);
      if (block === undefined || height <= pruned) throw new BlockUnavailableError(height, pruned + 1, 99);
      return block;
    },
    async *blocks({ from = 0 } = {}) {
      if (from <= pruned) throw new BlockUnavailableError(from, pruned + 1, 99);
      yield* blocks.filter(({ height }) => height >= from);
    },
  };
  return chain as ChainClient;
}

describe('receiptOf', () => {
  test('names for each batch who was paid what, where and by which transactions', async () => {
    const receipt = await receiptOf(7n, chainThat());
    expect(receipt).toMatchObject({
      chainId: 'c-1',
      submitted: { height: 2, hash: 'H2.1' },
      refunded: { amount: 66n, height: 6, hash: null },
      source: { kind: 'blocks', from: 2, to: 6, read: 5, all: true },
    });
    expect(receipt.batches).toMatchObject([
      {
        ...{ batch: 0, epoch: 0, worker: 'dmcn1w0', gas: 5n, pay: 10n, royalty: 1n, fee: 1n },
        committed: { height: 3, hash: 'H3.1' },
        opened: { height: 4, hash: 'H4.0', by: 'dmcn1opener' },
        paid: { height: 5, hash: 'H5.1' },
      },
      {
        ...{ batch: 1, epoch: 1, worker: 'dmcn1w1', pay: 20n },
        committed: { height: 4, hash: 'H4.1' },
        opened: { height: 5, hash: 'H5.0', by: 'dmcn1other' },
        paid: { height: 6, hash: null },
      },
    ]);
  });

  test('reads the blocks that an index names, and no others where they tell everything', async () => {
    asked = [];
    const named = await receiptOf(7n, chainThat(), { heights: [6, 5, 4, 3, 2, 2, 99, 0] });
    expect(asked).toEqual([2, 3, 4, 5, 6]);
    const { source, ...rest } = named;
    expect(source).toEqual({ kind: 'blocks', from: 2, to: 6, read: 5, all: false });
    const { source: _, ...whole } = await receiptOf(7n, chainThat());
    expect(rest).toEqual(whole);
  });

  test.each([
    ['a payment', [2, 3, 4, 5]],
    ['a commit', [2, 4, 5, 6]],
    ['an opening', [2, 3, 5, 6]],
    ['the submission', [3, 4, 5, 6]],
    ['everything', []],
  ])('reads all blocks where an index does not name that of %s', async (_, heights) => {
    const receipt = await receiptOf(7n, chainThat(), { heights });
    expect(receipt).toEqual(await receiptOf(7n, chainThat()));
  });

  test('error: the job is not over', async () => {
    await expect(receiptOf(7n, chainThat({ settledHeight: 0 }))).rejects.toThrow(/is not over yet/);
  });

  test('error: the blocks contradict the record', async () => {
    await expect(receiptOf(7n, chainThat({ paid: 31n }))).rejects.toThrow(ReceiptError);
  });

  test('error: the blocks are gone', async () => {
    await expect(receiptOf(7n, chainThat({}, 4))).rejects.toThrow(
      /blocks 2 to 6 of job 7 are gone .* which have 5 and later/,
    );
  });
});
