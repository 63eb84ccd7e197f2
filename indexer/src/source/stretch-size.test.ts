import type { FetchedBlock } from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import { StretchSize } from './stretch-size.js';

const block = (size: number): FetchedBlock => ({ height: 1, size, read: expect.fail });
const stretch = (size: StretchSize, each: number) => Array<FetchedBlock>(size.now).fill(block(each));

test('grows while little happens, up to an end, and shrinks where much does', () => {
  const size = new StretchSize();
  const first = size.now;
  size.saw(stretch(size, 500), 100);
  expect(size.now).toBe(2 * first);
  for (let i = 0; i < 9; i += 1) size.saw(stretch(size, 0), 100);
  const most = size.now;
  expect(most).toBeGreaterThan(first);
  size.saw(stretch(size, 150_000), 100);
  expect(size.now).toBe(most);
  for (let i = 0; i < 9; i += 1) size.saw(stretch(size, 4_000_000), 100);
  expect(size.now).toBeLessThan(first);
  expect(size.now).toBeGreaterThan(0);
});

test('a stretch that ended early says nothing', () => {
  const size = new StretchSize();
  const before = size.now;
  size.saw([block(0)], 100);
  expect(size.now).toBe(before);
});

test('shrinks where the way to the node is slow, whatever comes', () => {
  const size = new StretchSize();
  const before = size.now;
  size.saw(stretch(size, 500), 4_000);
  expect(size.now).toBe(before / 2);
});
