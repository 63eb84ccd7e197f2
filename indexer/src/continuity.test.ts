import { expect, test } from 'vitest';
import { applyBlock } from './apply.js';
import {
  ForkedChainError,
  MissingBlockError,
  NotFirstBlockError,
  ReducerError,
  WrongChainError,
} from './errors.js';
import { openStore } from './store/store.js';
import { Network, picks, play } from './testing/index.js';

const { blocks } = play(new Network(), picks(3, 600));
const block = (height: number) => blocks[height - 1] ?? expect.fail('the test’s chain is too short');

const upTo = (height: number) => {
  const store = openStore(':memory:');
  for (const one of blocks.slice(0, height)) applyBlock(store, one, blocks.length);
  return store;
};

test('default: each block moves the checkpoint', () => {
  expect(upTo(4).checkpoint()).toMatchObject({
    chainId: 'dmcn-test-1',
    height: 4,
    hash: block(4).hash,
    head: blocks.length,
  });
});

test('behavior: a block that was applied changes nothing', () => {
  const store = upTo(5);
  const before = store.digests();
  expect(applyBlock(store, block(3), 5)).toBe(false);
  expect(applyBlock(store, block(5), 5)).toBe(false);
  expect(store.digests()).toEqual(before);
});

test.each([
  ['another chain', { ...block(5), chainId: 'other-1' }, WrongChainError],
  ['another parent', { ...block(5), parentHash: 'FF' }, ForkedChainError],
  ['another block at a height that is there', { ...block(3), hash: 'FF' }, ForkedChainError],
  ['a gap', block(6), MissingBlockError],
  [
    'an event that cannot be',
    { ...block(5), events: [{ type: 'JobCancelled', data: { jobId: 999n } }] },
    ReducerError,
  ],
])('error: %s leaves the index as it was', (_name, bad, error) => {
  const store = upTo(4);
  const before = store.digests();
  expect(() => applyBlock(store, bad as never, 9)).toThrow(error);
  expect(store.digests()).toEqual(before);
  expect(applyBlock(store, block(5), 9)).toBe(true);
});

test('error: an index does not start in the middle of a chain', () => {
  const store = openStore(':memory:');
  expect(() => applyBlock(store, block(2), 9)).toThrow(NotFirstBlockError);
});
