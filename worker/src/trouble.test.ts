import { BlobUnreachableError } from '@dmcn/blob-store';
import { type ChainClient, EndpointUnreachableError } from '@dmcn/chain-client';
import { JournalError } from '@dmcn/chain-client/acting';
import { Mortal } from '@dmcn/chain-client/acting/testing';
import { UnitAbandonedError } from '@dmcn/runtime';
import { describe, expect, test } from 'vitest';
import { CutOffError } from './drain.js';
import type { WorkerNotice } from './state.js';
import { type LifeOptions, live, newWorld, passTime } from './testing/life.js';
import type { Story } from './testing/market.js';
import type { World } from './testing/outside.js';

interface Lived {
  readonly world: World;
  readonly notices: readonly WorkerNotice[];
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
};

/** A worker that lives until something is so. */
async function lives(
  options: Omit<LifeOptions, 'owner'>,
  isOver: (lived: Lived) => boolean,
  story: Story = {},
): Promise<Lived> {
  const notices: WorkerNotice[] = [];
  const world = newWorld('me', story);
  const over = new AbortController();
  const time = passTime(world, over.signal);
  void until(() => over.signal.aborted || isOver({ world, notices })).then(() => over.abort());
  try {
    await live(world, new Mortal(), over.signal, { owner: 'me', notices, ...options });
  } finally {
    over.abort();
    await time;
  }
  return { world, notices };
}

const isFinal = ({ world }: Lived): boolean => world.market.batch?.state === 'Final';
const failures = ({ notices }: Lived) =>
  notices.flatMap((news) =>
    news.notice === 'failed' ? [`${news.doing}: ${(news.error as Error).name}`] : [],
  );
const told = ({ notices }: Lived, ...which: readonly string[]) =>
  notices.map(({ notice }) => notice).filter((notice) => which.includes(notice));

describe('a worker goes on by itself and tells once', { timeout: 60_000 }, () => {
  test('where the store is out of reach at the upload: it is not run again, and committed when the store is back', async () => {
    let failing = 4;
    const lived = await lives(
      {
        alter: ({ blobsAt }) => ({
          blobsAt: (locators) => ({
            ...blobsAt(locators),
            put: async (bytes) => {
              if (failing-- > 0) throw new BlobUnreachableError('00', 'store', 'refused');
              return blobsAt(locators).put(bytes);
            },
          }),
        }),
      },
      isFinal,
    );
    expect(failures(lived)).toEqual(['work: BlobUnreachableError']);
    expect([...lived.world.runs.values()]).toEqual([1, 1, 1]);
    expect(lived.world.market.paid).toBe(1);
  });

  test('where an input is out of reach for a while: it is not reported', async () => {
    let failing = 3;
    const lived = await lives(
      {
        alter: ({ blobsAt }) => ({
          blobsAt: (locators) => ({
            ...blobsAt(locators),
            get: async (hash) => {
              if (failing-- > 0) throw new BlobUnreachableError('00', 'store', 'refused');
              return blobsAt(locators).get(hash);
            },
          }),
        }),
      },
      isFinal,
    );
    expect(failures(lived)).toEqual(['work: InputMissingError']);
    expect(lived.world.market.executed.get('reportMissingInput')).toBeUndefined();
  });

  test('where an input stays out of reach: it is reported when half of the lease is over, without a lapse', async () => {
    const lived = await lives(
      {
        alter: ({ blobsAt }) => ({
          blobsAt: (locators) => ({
            ...blobsAt(locators),
            get: async () => {
              throw new BlobUnreachableError('00', 'store', 'refused');
            },
          }),
        }),
      },
      ({ world }) => world.market.batch?.state === 'Ended',
      { leaseBlocks: 60 },
    );
    expect(lived.world.market.executed.get('reportMissingInput')).toBe(1);
    expect([lived.world.market.lapses, lived.world.market.locked]).toEqual([0, 0n]);
    expect(told(lived, 'reported')).toEqual(['reported']);
  });

  test('where the disk is full: nothing is sent until there is room', async () => {
    let fails = 3;
    const lived = await lives(
      {
        alter: ({ journal }) => ({
          journal: {
            ...journal,
            write: async (name, bytes) => {
              if (name.startsWith('sent.accept') && fails-- > 0)
                throw new JournalError('journal', 'the disk is full');
              return journal.write(name, bytes);
            },
          },
        }),
      },
      isFinal,
    );
    expect(failures(lived)).toEqual(['accept: JournalError']);
    expect(lived.world.market.executed.get('acceptOffer')).toBe(1);
    expect(lived.world.market.refused).toEqual([]);
  });

  test('where no node answers: it tells so, and when there are blocks again', async () => {
    let cut: 'not yet' | 'is' | 'was' = 'not yet';
    const lived = await lives(
      {
        silenceMs: 40,
        alter: ({ chain }) => ({
          chain: {
            ...chain,
            status: async () => {
              if (cut === 'is') throw new EndpointUnreachableError(['node']);
              return chain.status();
            },
            async *blocks(options) {
              for await (const block of chain.blocks(options)) {
                if (cut === 'not yet' && block.height > 20) {
                  cut = 'is';
                  await new Promise((resolve) => setTimeout(resolve, 200));
                  cut = 'was';
                }
                yield block;
              }
            },
          } satisfies ChainClient,
        }),
      },
      isFinal,
    );
    expect(told(lived, 'unreachable', 'reachable')).toEqual(['unreachable', 'reachable']);
    expect(lived.notices.find(({ notice }) => notice === 'unreachable')).toMatchObject({
      error: expect.any(EndpointUnreachableError),
    });
  });
});

describe('a unit that the machine cannot finish', () => {
  const crash = new UnitAbandonedError('crash', 'it is a test');

  test('is tried again, and its result is the right one', async () => {
    let failing = 2;
    const lived = await lives(
      {
        alter: ({ executor }) => ({
          executor: {
            run: async (request) => {
              if (failing-- > 0) throw crash;
              return executor.run(request);
            },
          },
        }),
      },
      isFinal,
    );
    expect(failures(lived)).toEqual([]);
    expect(lived.world.market.paid).toBe(1);
  });

  test('makes the batch be given up with one notice, and nothing is committed', async () => {
    let runs = 0;
    const lived = await lives(
      {
        alter: () => ({
          executor: {
            run: async () => {
              runs += 1;
              throw crash;
            },
          },
        }),
      },
      ({ world }) => world.market.batch?.state === 'Ended',
      { leaseBlocks: 60 },
    );
    expect(failures(lived)).toEqual(['work: GivenUpError']);
    expect(runs).toBe(3);
    expect(lived.world.market.executed.get('commit')).toBeUndefined();
    expect(lived.world.market.lapses).toBe(1);
  });
});

describe('a worker that is told to end', () => {
  test('leaves the draw, opens what it has committed, tells what it waits for, and ends', async () => {
    const drain = new AbortController();
    const lived = await lives({ drain: drain.signal }, ({ world }) => {
      if (world.market.batch?.state === 'Leased') drain.abort();
      return false;
    });
    const { market } = lived.world;
    expect(Object.fromEntries(market.executed)).toMatchObject({ pauseWorker: 1, commit: 1, open: 1 });
    expect(market.batch?.state).toMatch(/Challenge|Final/);
    const waited = lived.notices.flatMap((news) => (news.notice === 'waiting' ? news.held : []));
    expect(waited.map(({ until: what }) => what)).toEqual(['committed', 'opened']);
  });

  test('error: ends, though no node answers', async () => {
    const drain = new AbortController();
    const silent = lives(
      {
        silenceMs: 40,
        drain: drain.signal,
        alter: ({ chain }) => ({
          chain: {
            ...chain,
            async *blocks(options) {
              for await (const block of chain.blocks(options)) {
                if (block.height > 20) {
                  drain.abort();
                  await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
                  return;
                }
                yield block;
              }
            },
          } satisfies ChainClient,
        }),
      },
      () => false,
    );
    await expect(silent).rejects.toThrow(CutOffError);
  });
});
