import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, EndpointUnreachableError } from '@dmcn/chain-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ForkedChainError, PrunedError, WrongChainError } from './errors.js';
import { type Progress, startIndexer } from './indexer.js';
import type { BlockClient } from './source/source.js';
import { openReader } from './store/reader/reader.js';
import { clientOf, Network, picks, play } from './testing/index.js';

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
): Promise<readonly Progress[]> => {
  const stop = new AbortController();
  const progress: Progress[] = [];
  await startIndexer({
    client,
    dbPath,
    signal: stop.signal,
    onProgress: (step) => {
      progress.push(step);
      if (step.height === height) stop.abort();
    },
  });
  return progress;
};

const digests = (dbPath = path()) => {
  const reader = openReader(dbPath);
  const found = reader.digests();
  reader.close();
  return found;
};

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
    fetchBlock: async (height) => {
      calls += 1;
      if (calls % 7 === 0) throw new EndpointUnreachableError(['memory']);
      return client.fetchBlock(height);
    },
  };
  const progress = await indexTo(flaky, blocks.length);
  expect(progress).toHaveLength(blocks.length);
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
  const afresh = blocks.map((block) => ({
    ...block,
    hash: `AA${block.hash}`,
    parentHash: `AA${block.parentHash}`,
  }));
  await expect(indexTo(clientOf(chainId, afresh), 20)).rejects.toThrow(ForkedChainError);
  await expect(indexTo(clientOf(chainId, afresh.slice(0, 4)), 20)).rejects.toThrow(
    /delete the database file/,
  );
});

test('error: a node that dropped the blocks that are next', async () => {
  const { chainId, blocks } = chain();
  await expect(indexTo(clientOf(chainId, blocks, 4), 9)).rejects.toThrow(PrunedError);
});
