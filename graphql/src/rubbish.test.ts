import { afterAll, describe, expect, test } from 'vitest';
import { createGraphqlServer } from './server.js';
import { seeded } from './testing/seeded.js';

const api = seeded();
const server = await createGraphqlServer({ dbPath: api.dbPath, port: 0 });
afterAll(async () => {
  await server.close();
  await api.close();
});

const cursor = (...values: unknown[]) =>
  Buffer.from(
    JSON.stringify(values, (_name, value) => (typeof value === 'bigint' ? { n: `${value}` } : value)),
  ).toString('base64url');

const page = (after: string, orderBy = 'ID_ASC') =>
  api.ask(
    'query ($after: String!, $orderBy: JobOrder!) { jobs(first: 1, after: $after, orderBy: $orderBy) { edges { node { id } } } }',
    { after, orderBy },
  );

describe('cursors that no list gave', () => {
  test.each([
    ['of an id beyond 64 bits', cursor(10n ** 30n), 'ID_ASC'],
    ['of a text where an id belongs', cursor('x'), 'ID_ASC'],
    ['of a number where an id belongs', cursor(1), 'ID_ASC'],
    ['of nothing', cursor(null), 'ID_ASC'],
    ['of another order', cursor('1', '2'), 'PRICE_ASC'],
    ['of too many values', cursor(1n, 2n), 'ID_ASC'],
  ])('%s', async (_name, after, orderBy) => {
    const { data, errors } = await page(after, orderBy);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/is not of this list/), extensions: { code: 'BAD_ARGUMENT' } },
    ]);
  });

  test('one made by hand of what a list may give goes on behind it', async () => {
    expect((await page(cursor(1n))).data.jobs.edges).toEqual([{ node: { id: '2' } }]);
    expect((await page(cursor(2n ** 63n - 1n))).data.jobs.edges).toEqual([]);
  });
});

test('the largest numbers of 64 bits are numbers: no row has such an id, and work may need so much', async () => {
  const most = `${2n ** 64n - 1n}`;
  const { data, errors } = await api.ask(
    `query ($most: UInt64!) {
      job(id: $most) { id } batch(jobId: $most, index: 0) { index } dispute(id: $most) { id }
      batches(filter: { jobId: $most }) { totalCount edges { node { index } } }
      eligibleWorkers(needs: { gasLimit: $most, memoryLimit: $most, maxPrice: "1" }) { score }
    }`,
    { most },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    ...{ job: null, batch: null, dispute: null, batches: { totalCount: 0, edges: [] } },
    eligibleWorkers: [],
  });
  const { errors: beyond } = await api.ask(`{ job(id: "${2n ** 64n}") { id } }`);
  expect(beyond[0].message).toMatch(/is not an unsigned 64-bit number/);
});

describe('addresses', () => {
  test.each(['variables', 'extensions'])('%s that are no JSON: the client is to blame', async (name) => {
    const answer = await fetch(`${server.url}/graphql?query={__typename}&${name}={x`);
    expect(answer.status).toBe(400);
    expect((await answer.json()).errors[0].message).toBe(`${name} of the address is no JSON`);
  });

  test.each([
    ['/', 200],
    ['/health', 200],
    ['/ready', 200],
    ['/nothing.js', 404],
  ])('HEAD %s: as GET, without a body', async (path, status) => {
    const answer = await fetch(`${server.url}${path}`, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });
});

test.each([
  ['{"query":7}', 400],
  ['{"query":"{__typename}","variables":[]}', 400],
  ['{"query":"{__typename}","operationName":7}', 400],
  ['null', 400],
  ['\u0000', 400],
  ['{"extensions":{"persistedQuery":{"sha256Hash":"__proto__"}}}', 200],
  ['[{"query":"{__typename}"},7]', 200],
])('a body of %s is answered, and nothing of the inside is told', async (body, status) => {
  const headers = { 'content-type': 'application/json' };
  for (const _ of ['first', 'again']) {
    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/Unexpected error|sqlite|node_modules|\.js:\d/i);
  }
});
