import type { JobHold, RetentionFeed } from '@dmcn/blob-store';
import { type Block, type ChainClient, NotFoundError } from '@dmcn/chain-client';
import { expect, it } from 'vitest';
import { feedRetention } from './feed.js';

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const hex = (byte: number) => Buffer.from(hash(byte)).toString('hex');
const job = (id: bigint, settledHeight = 0) => ({
  id,
  requester: `requester${id}`,
  spec: { inputIndex: hash(Number(id)) },
  settledHeight,
});
const inputsOf = (id: number) => ({ account: `requester${id}`, indexes: [hex(id)] });

/** A chain of which blocks are known as far as they are given; the rest of it is not asked for. */
function chainOf({
  events = {},
  height,
  earliestHeight = 1,
  jobs = [],
  outputs = [],
}: {
  events?: Record<number, readonly object[]>;
  height: number;
  earliestHeight?: number;
  jobs?: readonly ReturnType<typeof job>[];
  outputs?: readonly number[];
}): ChainClient {
  const time = new Date(1_000 * height);
  const known = {
    status: async () => ({ height, earliestHeight, time }),
    jobs: async () => ({ items: jobs }),
    batches: async () => ({ items: outputs.map((byte) => ({ commitment: { outputsHash: hash(byte) } })) }),
    job: async (id: bigint) => {
      const found = jobs.find((each) => each.id === id);
      if (found === undefined) throw new NotFoundError('job', String(id));
      return found;
    },
    async *blocks({ from = 0, signal }: { from?: number; signal?: AbortSignal }) {
      for (let at = from; at <= height; at += 1) {
        yield { height: at, time: new Date(1_000 * at), events: events[at] ?? [] } as unknown as Block;
      }
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    },
  };
  return known as unknown as ChainClient;
}

/** A store that writes down what it is told. */
class Notebook implements RetentionFeed {
  readonly told: string[] = [];
  constructor(
    public height: number | undefined,
    private readonly jobs: readonly string[] = [],
  ) {}
  openJobs = () => this.jobs;
  async hold(jobId: string, hold: JobHold) {
    this.told.push(`hold ${jobId} ${JSON.stringify(hold)}`);
  }
  async release(jobId: string, height: number) {
    this.told.push(`release ${jobId} ${height}`);
  }
  async advance(height: number, time: Date) {
    this.height = height;
    this.told.push(`advance ${height} ${time.getTime()}`);
  }
}

async function feed(chain: ChainClient | (() => Promise<ChainClient>), notebook: Notebook, until: number) {
  const controller = new AbortController();
  const troubles: unknown[] = [];
  const feeding = feedRetention(typeof chain === 'function' ? chain : async () => chain, notebook, {
    marginBlocks: 10,
    signal: controller.signal,
    onTrouble: (error) => troubles.push(error),
  });
  await expect.poll(() => notebook.height, { timeout: 10_000 }).toBe(until);
  controller.abort();
  await feeding;
  return { told: notebook.told, troubles };
}

const events = {
  6: [{ type: 'JobSubmitted', data: { job: job(1n) } }],
  7: [
    { type: 'BatchCommitted', data: { jobId: 1n, outputsHash: hash(9) } },
    { type: 'JobSettled', data: { jobId: 1n } },
  ],
};

it('tells the blocks after the one that it told last', async () => {
  const { told } = await feed(chainOf({ events, height: 8 }), new Notebook(5), 8);
  expect(told).toEqual([
    `hold 1 ${JSON.stringify(inputsOf(1))}`,
    'advance 6 6000',
    `hold 1 ${JSON.stringify({ blobs: [hex(9)] })}`,
    'release 1 7',
    'advance 7 7000',
    'advance 8 8000',
  ]);
});

it('tells the state instead where the node has not kept the blocks since', async () => {
  const jobs = [job(1n, 20), job(2n, 95), job(3n)];
  const chain = chainOf({ height: 100, earliestHeight: 50, jobs, outputs: [9] });
  const { told } = await feed(chain, new Notebook(30, ['1', '3', '4']), 100);
  const both = (id: number) => JSON.stringify({ ...inputsOf(id), blobs: [hex(9)] });
  expect(told).toEqual([
    'release 1 20',
    `hold 2 ${both(2)}`,
    'release 2 95',
    `hold 3 ${both(3)}`,
    'release 4 90',
    'advance 100 100000',
  ]);
});

it('tells the state to a store that was told nothing yet, and to one that was told of another chain', async () => {
  for (const before of [undefined, 500]) {
    const notebook = new Notebook(before);
    expect((await feed(chainOf({ height: 100, earliestHeight: 50, jobs: [] }), notebook, 100)).told).toEqual([
      'advance 100 100000',
    ]);
  }
});

it('goes on after trouble where it was', async () => {
  let calls = 0;
  const connect = async () => {
    calls += 1;
    if (calls === 1) throw new Error('no node answers');
    return chainOf({ events, height: 8 });
  };
  const { told, troubles } = await feed(connect, new Notebook(7), 8);
  expect(told).toEqual(['advance 8 8000']);
  expect(troubles).toHaveLength(1);
});
