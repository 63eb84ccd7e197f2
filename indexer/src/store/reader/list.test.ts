import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyBlock } from '../../apply.js';
import { BadCursorError, NoIndexError } from '../../errors.js';
import { Network, picks, play } from '../../testing/index.js';
import { openStore } from '../store.js';
import { openReader, type Reader } from './reader.js';

const folder = mkdtempSync(join(tmpdir(), 'dmcn-reader-'));
const path = join(folder, 'index.db');
let reader: Reader;
const net = play(new Network(), picks(17, 1_500));

beforeAll(() => {
  const store = openStore(path);
  for (const block of net.blocks) applyBlock(store, block, block.height);
  store.close();
  reader = openReader(path);
});
afterAll(() => {
  reader.close();
  rmSync(folder, { recursive: true });
});

const everything = { size: 100_000 };

test('default: a page tells what is behind it', () => {
  const page = reader.jobs.page({}, { field: 'id' }, { size: 2 });
  expect(page.edges.map(({ node }) => node.id)).toEqual([1n, 2n]);
  expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

test.each(['owner', 'ask', 'reputation', 'earned', 'registered'] as const)(
  'property: pages of workers by %s put together are the list, forward and backward',
  (field) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.boolean(),
        (size, descending, backward) => {
          const orderBy = { field, descending };
          const whole = reader.workers.page({}, orderBy, everything).edges.map(({ node }) => node.owner);
          const found: string[][] = [];
          for (let cursor: string | undefined, more = true; more; ) {
            const place = cursor === undefined ? {} : backward ? { before: cursor } : { after: cursor };
            const page = reader.workers.page({}, orderBy, { size, backward, ...place });
            found.push(page.edges.map(({ node }) => node.owner));
            cursor = backward ? page.edges.at(0)?.cursor : page.edges.at(-1)?.cursor;
            more = backward ? page.hasPreviousPage : page.hasNextPage;
          }
          expect((backward ? found.reverse() : found).flat()).toEqual(whole);
        },
      ),
    );
  },
);

test('args: filters, and counts with them', () => {
  const open = reader.jobs.page({ state: 'Open' }, { field: 'id' }, everything);
  expect(open.edges.map(({ node }) => node.id)).toEqual(
    [...net.jobs.values()].filter(({ state }) => state === 'Open').map(({ id }) => id),
  );
  expect(reader.jobs.count({ state: 'Open' })).toBe(open.edges.length);
  expect(reader.jobs.count({ state: 'Open', requester: 'nobody' })).toBe(0);
  const some = reader.units.page({ jobId: 1n, from: 2, to: 4 }, { field: 'id' }, everything);
  expect(some.edges.every(({ node }) => node.unit === 2 || node.unit === 3)).toBe(true);
});

test('behavior: a worker is found by its owner and its operator', () => {
  expect(reader.worker('dmcn1operator0001')?.owner).toBe('dmcn1owner0001');
  expect(reader.worker('dmcn1owner0001')?.owner).toBe('dmcn1owner0001');
  expect(reader.worker('dmcn1nobody')).toBeUndefined();
});

test('behavior: a snapshot does not move while the writer goes on', () => {
  const store = openStore(path);
  const more = new Network();
  more.blocks.push(...net.blocks);
  const next = more.endBlock();
  reader.snapshot(() => {
    const before = reader.checkpoint()?.height;
    applyBlock(store, next, next.height);
    expect(reader.checkpoint()?.height).toBe(before);
  });
  expect(reader.checkpoint()?.height).toBe(next.height);
  store.close();
});

test.each([
  '',
  '!',
  Buffer.from('[1]').toString('base64url'),
  Buffer.from('[{"n":"x"},2]').toString('base64url'),
])('error: a cursor that is none: %j', (after) => {
  expect(() => reader.workers.page({}, { field: 'ask' }, { size: 1, after })).toThrow(BadCursorError);
});

test('error: no index', () => {
  expect(() => openReader(join(folder, 'nothing.db'))).toThrow(NoIndexError);
});
