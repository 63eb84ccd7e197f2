import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyBlock } from '@dmcn/indexer/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { createApp } from './app.js';
import { printed, schemaPath } from './print-schema.js';
import { seeded } from './testing/seeded.js';

const api = seeded({ timeMs: 60_000 });
afterAll(api.close);
const { ask, get, net, post } = api;

const nodes = (connection: { edges: { node: unknown }[] }) => connection.edges.map(({ node }) => node);

test('the committed schema is current', () => {
  expect(readFileSync(schemaPath, 'utf8'), 'run `npm run generate -w @dmcn/graphql` and commit it').toBe(
    printed(),
  );
});

describe('network', () => {
  test('default', async () => {
    const { data } = await ask(
      '{ network { chainId height lag jobs workers batches paid funded unitsPaid } }',
    );
    const jobs = [...net.jobs.values()];
    expect(data.network).toMatchObject({
      chainId: 'dmcn-test-1',
      height: net.blocks.length,
      lag: 0,
      jobs: `${jobs.length}`,
      workers: `${net.workers.size}`,
      batches: `${net.batches.size}`,
      paid: `${jobs.reduce((sum, job) => sum + job.paid, 0n)}`,
    });
  });
});

describe('job', () => {
  test('default: with its batches, units, payments and module', async () => {
    const { data } = await ask(`{
      job(id: "1") {
        id state unitCount batchCount finalBatches maxPrice funded paid royalties fees audits refunded remaining
        module { id name }
        batches { totalCount edges { node { index state worker { owner } lease { epoch gasTotal endCause } payment { pay } } } }
        units(first: 100) { totalCount edges { node { index status exitCode gas outputHash paid worker { owner } } } }
        payments { edges { node { pay height time worker { owner } } } }
      }
    }`);
    const { job } = data;
    expect(job).toMatchObject({ id: '1', state: 'Settled', unitCount: 12, batchCount: 3, finalBatches: 3 });
    expect(job.maxPrice).toBe('100000000000000000000');
    const sums = [job.paid, job.royalties, job.fees, job.audits, job.refunded, job.remaining].map(BigInt);
    expect(sums.reduce((a, b) => a + b)).toBe(BigInt(job.funded));
    expect(job.module.name).toBe('module 1');
    expect(job.batches.totalCount).toBe(3);
    expect(nodes(job.batches)[1]).toMatchObject({
      index: 1,
      state: 'Final',
      worker: { owner: 'dmcn1owner0001' },
      lease: { epoch: 0, endCause: 'challenge_over' },
    });
    expect(job.units.totalCount).toBe(12);
    expect(nodes(job.units)[3]).toMatchObject({
      index: 3,
      status: 'EXIT',
      exitCode: 7,
      paid: true,
      gas: '1000003',
    });
    expect(nodes(job.payments)).toHaveLength(3);
  });

  test('behavior: one that does not exist is null', async () => {
    expect((await ask('{ job(id: "999999") { id } }')).data).toEqual({ job: null });
  });

  test('error: an id that is no number', async () => {
    const { errors } = await ask('{ job(id: "one") { id } }');
    expect(errors[0].message).toContain('"one" is not an unsigned decimal number');
  });
});

describe('lists', () => {
  const page = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: JobOrder!) {
    jobs(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id } }
    }
  }`;
  const ids = (jobs: { edges: { node: { id: string } }[] }) => jobs.edges.map(({ node }) => Number(node.id));
  const count = net.jobs.size;
  const all = Array.from({ length: count }, (_, i) => i + 1);

  test.each(['ID_ASC', 'ID_DESC'])('args: pages forward, %s', async (orderBy) => {
    const found: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { jobs }: { jobs: never } = (await ask(page, { first: 7, after, orderBy })).data;
      const { pageInfo, totalCount } = jobs as {
        pageInfo: { endCursor: string; hasNextPage: boolean };
        totalCount: number;
      };
      expect(totalCount).toBe(count);
      found.push(...ids(jobs));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(found).toEqual(orderBy === 'ID_ASC' ? all : all.toReversed());
  });

  test('args: pages backward', async () => {
    const { data } = await ask(page, { last: 2, orderBy: 'ID_ASC' });
    expect(ids(data.jobs)).toEqual(all.slice(-2));
    expect(data.jobs.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = data.jobs.pageInfo.startCursor;
    const earlier = await ask(page, { last: 3, before, orderBy: 'ID_ASC' });
    expect(ids(earlier.data.jobs)).toEqual(all.slice(-5, -2));
    expect(earlier.data.jobs.pageInfo.hasNextPage).toBe(true);
  });

  test('args: filter', async () => {
    const { data } = await ask(`{
      jobs(filter: { state: Settled, requester: "dmcn1requester1" }, first: 100) { edges { node { id state requester } } }
      batches(filter: { worker: "dmcn1owner0001", state: Final }) { totalCount }
      units(filter: { jobId: "1", status: EXIT }) { edges { node { index } } }
      payments(filter: { worker: "dmcn1owner0000", jobId: "1" }) { totalCount }
      modules(filter: { author: "dmcn1author1" }) { totalCount }
      nothing: workers(filter: { status: SetAside }) { totalCount edges { cursor } }
    }`);
    const expected = [...net.jobs.values()].filter(
      (job) => job.state === 'Settled' && job.requester === 'dmcn1requester1',
    );
    expect(data.jobs.edges).toHaveLength(expected.length);
    expect(data.batches.totalCount).toBeGreaterThan(0);
    expect(data.units.edges.map((edge: { node: { index: number } }) => edge.node.index)).toEqual([3, 7, 11]);
    expect(data.payments.totalCount).toBe(2);
    expect(data.modules.totalCount).toBe(1);
    expect(data.nothing).toEqual({ totalCount: 0, edges: [] });
  });

  test('args: workers by ask and by what they earned', async () => {
    const { data } = await ask(`{
      cheap: workers(orderBy: ASK_ASC) { edges { node { ask } } }
      rich: workers(orderBy: EARNED_DESC) { edges { node { earned } } }
    }`);
    const asks = data.cheap.edges.map(({ node }: { node: { ask: string } }) => Number(node.ask));
    expect(asks).toEqual([...asks].sort((a, b) => a - b));
    const earned = data.rich.edges.map(({ node }: { node: { earned: string } }) => Number(node.earned));
    expect(earned).toEqual([...earned].sort((a, b) => b - a));
  });

  test.each([
    ['a page that is too large', '{ jobs(first: 101) { totalCount } }', /0 to 100 rows/],
    ['a page of less than nothing', '{ jobs(last: -1) { totalCount } }', /0 to 100 rows/],
    ['both directions', '{ jobs(first: 1, last: 1) { totalCount } }', /not for both/],
    ['a cursor that is none', '{ jobs(after: "x") { totalCount } }', /cursor x is not of this list/],
  ])('error: %s', async (_name, query, message) => {
    expect((await ask(query)).errors[0]).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_ARGUMENT' },
    });
  });
});

describe('worker', () => {
  const fields = `owner operator rate earned reputation
    batches(first: 5) { edges { node { state } } } payments { totalCount edges { node { pay } } }
    leases { totalCount } units { totalCount }
    reputationHistory(orderBy: HEIGHT_ASC, first: 1) { edges { node { cause newReputation time } } }
    bondHistory { totalCount } lapses { totalCount }`;

  test('default: by owner, with what it did', async () => {
    const { data } = await ask(`{ worker(address: "dmcn1owner0000") { ${fields} } }`);
    expect(data.worker).toMatchObject({ operator: 'dmcn1operator0000', rate: '9223372036854775808' });
    expect(nodes(data.worker.reputationHistory)[0]).toMatchObject({
      cause: 'register',
      newReputation: 1_000,
    });
    expect(data.worker.payments.totalCount).toBeGreaterThanOrEqual(2);
  });

  test('args: by operator', async () => {
    const { data } = await ask(`{ worker(address: "dmcn1operator0001") { owner } }`);
    expect(data.worker.owner).toBe('dmcn1owner0001');
  });
});

describe('every answer', () => {
  test('default: tells the height and the lag', async () => {
    const { extensions } = await ask('{ __typename }');
    expect(extensions).toMatchObject({ chainId: 'dmcn-test-1', height: net.blocks.length, lag: 0 });
  });

  test('behavior: also one that is refused', async () => {
    expect((await ask('{ nothing }')).extensions.height).toBe(net.blocks.length);
  });

  test('behavior: moves with the index', async () => {
    const other = seeded();
    const before = (await other.ask('{ network { height } }')).data.network.height;
    applyBlock(other.store, other.net.endBlock(), before + 3);
    const { data, extensions } = await other.ask('{ network { height head lag } }');
    expect(data.network).toEqual({ height: before + 1, head: before + 3, lag: 2 });
    expect(extensions).toMatchObject(data.network);
    await other.close();
  });
});

describe('limits', () => {
  const deep = (levels: number): string =>
    levels === 0 ? 'id' : `batches { edges { node { job { ${deep(levels - 1)} } } } }`;
  const nested = (first: string) =>
    `jobs(first: ${first}) { edges { node { module { jobs(first: ${first}) { edges { node { module { jobs(first: ${first}) { edges { node { id } } } } } } } } } } }`;

  test.each([
    ['depth', `{ job(id: "1") { ${deep(5)} } }`, /depth limit of 16 exceeded/],
    [
      'aliases',
      `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: job(id: "1") { id }`).join(' ')} }`,
      /Aliases limit of 20 exceeded/,
    ],
    ['tokens', `{ ${'__typename '.repeat(2_100)} }`, /Token limit of 2000 exceeded/],
    ['directives', `{ __typename ${'@include(if: true) '.repeat(21)} }`, /Directives limit of 20 exceeded/],
    ['cost', `{ ${nested('50')} }`, /Cost limit of 50000 exceeded/],
    ['rows', `query ($first: Int = 100) { ${nested('$first')} }`, /reads more than 10000 rows/],
  ])('error: %s', async (_name, query, message) => {
    const { errors, data } = await ask(query);
    expect(errors[0].message).toMatch(message);
    expect(data ?? null).toBeNull();
  });

  test('error: a body that is too large, or of a length that is not told', async () => {
    expect((await post(`{ job(id: "${'1'.repeat(70_000)}") { id } }`)).status).toBe(413);
    const body = new Blob(['{}']).stream();
    const silent = await api.yoga.fetch('http://test/graphql', {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    expect(silent.status).toBe(413);
  });

  test('behavior: an error that nobody expected is masked', async () => {
    api.store.transaction(() => {
      api.store.write(
        [{ table: 'units', row: { ...(api.store.get('units', 1n, 0) ?? expect.fail()), status: 9 } }],
        {
          ...(api.store.checkpoint() ?? expect.fail()),
        },
      );
    });
    const { errors } = await ask('{ unit(jobId: "1", index: 0) { status } }');
    expect(errors[0].message).toBe('Unexpected error.');
    expect(JSON.stringify(errors)).not.toContain('status of a unit');
  });

  test('behavior: nothing can be written', async () => {
    const { errors } = await ask('mutation { job(id: "1") { id } }');
    expect(errors[0].message).toMatch(/not configured (to execute|for) mutation/);
  });
});

describe('pages', () => {
  test('/health and /ready: caught up', async () => {
    expect((await get('/ready')).status).toBe(200);
    expect(await (await get('/health')).json()).toMatchObject({
      status: 'ok',
      lag: 0,
      chainId: 'dmcn-test-1',
    });
  });

  test('/ready: 503 while behind', async () => {
    const behind = seeded({ behind: 5 });
    expect((await behind.get('/ready')).status).toBe(503);
    expect(await (await behind.get('/health')).json()).toMatchObject({ status: 'catching up', lag: 5 });
    await behind.close();
  });

  test('no index yet: 503 everywhere, and a reason', async () => {
    const { yoga } = createApp({ dbPath: join(tmpdir(), 'dmcn-there-is-none.db') });
    expect((await yoga.fetch('http://test/health')).status).toBe(503);
    const answer = await yoga.fetch('http://test/graphql?query={network{height}}');
    expect(answer.status).toBe(503);
    expect((await answer.json()).errors[0]).toMatchObject({ extensions: { code: 'NOT_READY' } });
  });

  test('/: names the addresses', async () => {
    expect(await (await get('/')).text()).toContain('/graphql');
  });

  test('/graphql: a page to try operations only where asked for', async () => {
    const headers = { accept: 'text/html' };
    const tried = seeded({ graphiql: true });
    expect(await (await tried.yoga.fetch('http://test/graphql', { headers })).text()).toContain('GraphiQL');
    await tried.close();
    expect(await (await api.yoga.fetch('http://test/graphql', { headers })).text()).not.toContain('GraphiQL');
  });

  test('any page may be asked from any origin', async () => {
    const headers = { origin: 'http://elsewhere' };
    const answer = await api.yoga.fetch('http://test/graphql?query={__typename}', { headers });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://elsewhere');
    expect(answer.headers.get('access-control-allow-credentials')).not.toBe('true');
  });
});
