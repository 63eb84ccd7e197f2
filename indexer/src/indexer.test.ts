import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadResponseError, type Block, EndpointUnreachableError } from '@dmcn/chain-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ForkedChainError,
  IndexInUseError,
  NodeBehindError,
  PrunedError,
  WrongChainError,
} from './errors.js';
import { type Progress, startIndexer } from './indexer.js';
import { put } from './model/change.js';
import type { BlockClient } from './source/source.js';
import { openReader } from './store/reader/reader.js';
import { openStore } from './store/store.js';
import { clientOf, fetching, Network, picks, play } from './testing/index.js';
import { verifyIndex } from './verify/rebuild.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmcn-indexer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name = 'index.db') => join(folder, name);

const chain = (seed = 13, chainId?: string) => play(new Network(chainId), picks(seed, 900));

/** Indexes until a height is reached. */
const indexTo = async (
  client: BlockClient,
  height: number,
  dbPath = path(),
  onDelay: (reason: unknown) => void = () => undefined,
): Promise<readonly Progress[]> => {
  const progress: Progress[] = [];
  await startIndexer({
    client,
    dbPath,
    last: height,
    signal: new AbortController().signal,
    onDelay,
    onProgress: (step) => progress.push(step),
  });
  return progress;
};

const digests = (dbPath = path()) => {
  const reader = openReader(dbPath);
  const found = reader.digests();
  reader.close();
  return found;
};

/** Blocks of a chain with the same name that was started afresh. */
const afreshOf = (blocks: readonly Block[]): Block[] =>
  blocks.map((block) => ({
    ...block,
    hash: `AA${block.hash}`,
    parentHash: block.parentHash && `AA${block.parentHash}`,
  }));

test('default: catches up from the first block, in order', async () => {
  const { chainId, blocks } = chain();
  const progress = await indexTo(clientOf(chainId, blocks), blocks.length);
  expect(progress.map(({ height }) => height)).toEqual(blocks.map(({ height }) => height));
  expect(progress.at(-1)).toMatchObject({ head: blocks.length, lag: 0 });
  expect(progress[0]?.lag).toBe(blocks.length - 1);
});

test('behavior: what was followed live, and stopped half-way, is what is indexed at once', async () => {
  const { chainId, blocks } = chain();
  const growing: Block[] = [];
  const timer = setInterval(() => {
    const next = blocks[growing.length];
    if (next !== undefined) growing.push(next);
  }, 1);
  const half = Math.floor(blocks.length / 2);
  await indexTo(clientOf(chainId, growing), half);
  await indexTo(clientOf(chainId, growing), blocks.length);
  clearInterval(timer);
  await indexTo(clientOf(chainId, blocks), blocks.length, path('at-once.db'));
  expect(digests()).toEqual(digests(path('at-once.db')));
});

test('behavior: a node that does not answer for a while only delays it', async () => {
  const { chainId, blocks } = chain();
  const client = clientOf(chainId, blocks);
  let calls = 0;
  const flaky: BlockClient = {
    ...client,
    ...fetching(async (height) => {
      calls += 1;
      if (calls % 7 === 0) throw new EndpointUnreachableError(['memory']);
      return client.fetchBlock(height);
    }),
  };
  const progress = await indexTo(flaky, blocks.length);
  expect(progress).toHaveLength(blocks.length);
});

test('error: a block that cannot be applied, after all that come with it and before it were', async () => {
  const { chainId, blocks } = chain();
  const event = { type: 'LoadChanged', data: { owner: 'dmcn1nobody', oldLoad: 0, newLoad: 1 } } as const;
  const place = { height: 15, txIndex: null, eventIndex: 0 };
  const bad = blocks.map((block) =>
    block.height === 15 ? { ...block, events: [...block.events, { ...event, ...place }] } : block,
  );
  await expect(indexTo(clientOf(chainId, bad), 20)).rejects.toThrow(/LoadChanged.* of block 15/);
  const reader = openReader(path());
  expect(reader.checkpoint()?.height).toBe(14);
  reader.close();
  await indexTo(clientOf(chainId, blocks), 14, path('plain.db'));
  expect(digests()).toEqual(digests(path('plain.db')));
});

test('behavior: a block that makes no sense among others is fetched by itself', async () => {
  const { chainId, blocks } = chain();
  const client = clientOf(chainId, blocks);
  const alone: number[] = [];
  const garbled: BlockClient = {
    ...client,
    fetchBlock: (height) => {
      alone.push(height);
      return client.fetchBlock(height);
    },
    fetchBlocks: async (from, to) => {
      const fetched = await client.fetchBlocks(from, to);
      return fetched.map((block) => ({
        ...block,
        read: () => {
          if (block.height === 12) throw new BadResponseError('memory', 'events: not a list');
          return block.read();
        },
      }));
    },
  };
  const progress = await indexTo(garbled, blocks.length);
  expect(progress.map(({ height }) => height)).toEqual(blocks.map(({ height }) => height));
  expect(alone).toContain(12);
  await indexTo(client, blocks.length, path('plain.db'));
  expect(digests()).toEqual(digests(path('plain.db')));
});

test('error: a node of another chain', async () => {
  const { chainId, blocks } = chain();
  await indexTo(clientOf(chainId, blocks), 5);
  const other = chain(13, 'other-1');
  await expect(indexTo(clientOf(other.chainId, other.blocks), 9)).rejects.toThrow(WrongChainError);
});

test('error: a chain of the same name that was started afresh, also while it is shorter', async () => {
  const { chainId, blocks } = chain();
  await indexTo(clientOf(chainId, blocks), 9);
  const afresh = afreshOf(blocks);
  await expect(indexTo(clientOf(chainId, afresh), 20)).rejects.toThrow(ForkedChainError);
  await expect(indexTo(clientOf(chainId, afresh.slice(0, 4)), 20)).rejects.toThrow(
    /delete the database file/,
  );
});

test('error: a node that dropped the blocks that are next', async () => {
  const { chainId, blocks } = chain();
  await expect(indexTo(clientOf(chainId, blocks, 4), 9)).rejects.toThrow(PrunedError);
});

test('error: a node that dropped the blocks that are next, and never answers about those after them', async () => {
  const { chainId, blocks } = chain();
  const client = clientOf(chainId, blocks, 4);
  const fetchBlock = (height: number) =>
    height < 4 ? client.fetchBlock(height) : new Promise<Block>(() => undefined);
  await expect(indexTo({ ...client, ...fetching(fetchBlock) }, 9)).rejects.toThrow(PrunedError);
});

test('error: a chain that is started afresh while it is followed', async () => {
  const { chainId, blocks } = chain();
  const growing = blocks.slice(0, 9);
  const restart = setTimeout(() => growing.splice(0, 9, ...afreshOf(blocks).slice(0, 3)), 300);
  await expect(indexTo(clientOf(chainId, growing), 20)).rejects.toThrow(ForkedChainError);
  clearTimeout(restart);
});

test('behavior: a node that was set back is waited for, and it is told', async () => {
  const { chainId, blocks } = chain();
  await indexTo(clientOf(chainId, blocks), 9);
  const growing = blocks.slice(0, 5);
  const reasons: unknown[] = [];
  await indexTo(clientOf(chainId, growing), blocks.length, path(), (reason) => {
    reasons.push(reason);
    if (growing.length === 5) growing.push(...blocks.slice(5));
  });
  expect(reasons[0]).toEqual(new NodeBehindError(9, 5));
  await indexTo(clientOf(chainId, blocks), blocks.length, path('at-once.db'));
  expect(digests()).toEqual(digests(path('at-once.db')));
});

test('behavior: a node that answers nonsense is told, and delays it', async () => {
  const { chainId, blocks } = chain();
  const client = clientOf(chainId, blocks);
  const nonsense = new BadResponseError('memory', 'events: not a list');
  let calls = 0;
  const flaky: BlockClient = {
    ...client,
    ...fetching(async (height) => {
      calls += 1;
      if (calls === 1) throw nonsense;
      return client.fetchBlock(height);
    }),
  };
  const reasons: unknown[] = [];
  await indexTo(flaky, 9, path(), (reason) => reasons.push(reason));
  expect(reasons).toEqual([nonsense]);
});

test('error: a second indexer on the same file', async () => {
  const { chainId, blocks } = chain();
  const first = openStore(path());
  await expect(indexTo(clientOf(chainId, blocks), 9)).rejects.toThrow(IndexInUseError);
  first.close();
  await indexTo(clientOf(chainId, blocks), 9);
});

test('verifyIndex names the tables that are not as a rebuild has them', async () => {
  const { chainId, blocks } = chain();
  const last = blocks.length;
  const options = { client: clientOf(chainId, blocks), dbPath: path(), signal: new AbortController().signal };
  await indexTo(options.client, last);
  const { height, rebuilt, differing } = await verifyIndex(options);
  expect([height, differing]).toEqual([last, []]);
  expect(rebuilt).toEqual(digests());

  const store = openStore(path());
  const totals = store.get('totals', 1) ?? expect.fail();
  const checkpoint = store.checkpoint() ?? expect.fail();
  store.transaction(() => store.write([put('totals', { ...totals, blocks: 7n })], checkpoint));
  store.close();
  expect((await verifyIndex(options)).differing).toEqual(['totals']);
  await expect(verifyIndex({ ...options, client: clientOf(chainId, afreshOf(blocks)) })).rejects.toThrow(
    ForkedChainError,
  );
});
