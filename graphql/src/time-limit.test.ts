import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader, QueryTimeError } from '@dmcn/indexer';
import { applyBlock, Network, openStore, picks, play } from '@dmcn/indexer/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATIENCE_MS } from './execution.js';
import { createGraphqlServer } from './server.js';

const UNITS = 150_000;
const WORKER = 'dmcn1busy';

const folder = mkdtempSync(join(tmpdir(), 'dmcn-slow-'));
const dbPath = join(folder, 'index.db');
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** Milliseconds that the statement takes where nothing stops it. */
let whole = 0;

beforeAll(() => {
  const net = play(new Network(), picks(3, 200));
  const store = openStore(dbPath);
  for (const block of net.blocks) applyBlock(store, block, net.blocks.length);
  const checkpoint = store.checkpoint() ?? expect.fail();
  const row = {
    batch: 0,
    epoch: 0,
    status: 0,
    exitCode: 0,
    gas: 1n,
    outputHash: 'ab',
    worker: WORKER,
    paid: true,
  };
  const changes = Array.from({ length: UNITS }, (_, unit) => ({
    table: 'units' as const,
    row: { ...row, jobId: 9_999n, unit },
  }));
  store.transaction(() => store.write(changes, checkpoint));
  store.close();
  const reader = openReader(dbPath);
  reader.units.count({ worker: WORKER });
  const start = performance.now();
  expect(reader.units.count({ worker: WORKER })).toBe(UNITS);
  whole = performance.now() - start;
  reader.close();
}, 120_000);

test('a statement is stopped in its midst, and its reader goes on', () => {
  const reader = openReader(dbPath);
  const start = performance.now();
  reader.stopAt(start + whole / 10);
  expect(() => reader.units.count({ worker: WORKER })).toThrow(QueryTimeError);
  reader.stopAt(undefined);
  expect(reader.units.count({ worker: WORKER })).toBe(UNITS);
  reader.close();
});

/** Asks over HTTP, as a client does. */
const post = (url: string, query: string): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

const slow = `{ units(filter: { worker: "${WORKER}" }) { totalCount } }`;

test('a slow operation is worked out beside the others, which are answered before it', async () => {
  const server = await createGraphqlServer({ dbPath, port: 0, timeMs: 600_000, cacheBytes: 0 });
  ends.push(() => server.close());
  const ask = async (query: string) => {
    const answer = await post(server.url, query);
    return answer.json() as Promise<{ data: Record<string, { totalCount: number }>; extensions: object }>;
  };
  // as many counts as pass the patience of whoever waits by far
  const times = Math.min(20, Math.ceil((10 * PATIENCE_MS) / whole));
  const counts = (name: string) =>
    `{ ${Array.from({ length: times }, (_, i) => `${name}${i}: units(filter: { worker: "${WORKER}" }) { totalCount }`).join(' ')} }`;
  expect(whole * times, 'it is slow at all').toBeGreaterThan(2 * PATIENCE_MS);
  const first = await ask(counts('a'));
  expect(Object.values(first.data)).toEqual(Array(times).fill({ totalCount: UNITS }));
  expect(first.extensions).toMatchObject({ chainId: 'dmcn-test-1', lag: 0 });

  const fast = '{ network { jobs height } }';
  await ask(fast);
  const order: string[] = [];
  const slowOnes = ['a', 'b', 'a'].map((name) => ask(counts(name)).then(() => order.push('slow')));
  for (let i = 0; i < 3; i += 1) {
    await ask(fast);
    order.push('fast');
  }
  await Promise.all(slowOnes);
  expect(order.slice(0, 3)).toEqual(['fast', 'fast', 'fast']);
});

test('an operation over the limit gets a plain error, and others are answered meanwhile and afterwards', async () => {
  const timeMs = Math.ceil(whole / 4);
  const server = await createGraphqlServer({ dbPath, host: '127.0.0.1', port: 0, timeMs });
  ends.push(() => server.close());
  const ask = async (query: string) => {
    const answer = await post(server.url, query);
    return { status: answer.status, text: await answer.text() };
  };
  const [first, others] = await Promise.all([
    Promise.all(Array.from({ length: 4 }, () => ask(slow))),
    Promise.all(Array.from({ length: 8 }, () => ask('{ __typename }'))),
  ]);
  for (const { text } of first) {
    const { data, errors } = JSON.parse(text);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      message: `the operation took more than ${timeMs} ms; ask for smaller pages or fewer nested ones`,
      extensions: { code: 'QUERY_TIMEOUT', timeMs },
    });
    expect(text).not.toMatch(/sqlite|dmcn_in_time|stack|select /i);
  }
  for (const { status, text } of others) {
    expect(status).toBe(200);
    expect(JSON.parse(text).data).toEqual({ __typename: 'Query' });
  }
  expect(JSON.parse((await ask('{ __typename }')).text).data).toEqual({ __typename: 'Query' });
});
