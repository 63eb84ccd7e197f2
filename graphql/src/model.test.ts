import { applyBlock } from '@dmcn/indexer/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { seeded } from './testing/seeded.js';

const api = seeded();
afterAll(api.close);
const { ask, net } = api;

const data = async (query: string, variables: object = {}) => {
  const answer = await ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const nodes = (connection: { edges: { node: Record<string, never> }[] }) =>
  connection.edges.map(({ node }) => node);
const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

describe('disputes', () => {
  const all = [...net.disputes.values()];

  test('default: each with its votes, worker, lease and verdict', async () => {
    expect(all.length).toBeGreaterThan(0);
    const found = await data(`{
      disputes(first: 100, orderBy: ID_ASC) {
        totalCount
        edges { node {
          id state verdict unitIndex owner worker { owner } lease { epoch } leaf { status gas outputHash }
          totalPower committedPower revealedPower
          votes(first: 10) { edges { node { validator power hash leaf { gas } earned absent } } }
        } }
      }
    }`);
    expect(found.disputes.totalCount).toBe(all.length);
    for (const [i, node] of nodes(found.disputes).entries()) {
      const { dispute, votes } = all[i] ?? expect.fail();
      expect(node).toMatchObject({
        id: `${dispute.id}`,
        state: dispute.state,
        verdict: dispute.verdict ?? null,
        unitIndex: dispute.leaf.unit,
        revealedPower: `${dispute.revealedPower}`,
        lease: { epoch: dispute.epoch },
        worker: { owner: node.owner },
      });
      const voted = nodes(node.votes as never).filter(({ absent }) => !absent);
      expect(voted.map(({ validator }) => validator)).toEqual([...votes.keys()]);
    }
  });

  test('args: by state, and one by its id', async () => {
    const decided = all.filter(({ dispute }) => dispute.state === 'Decided').length;
    const found = await data(
      '{ disputes(filter: { state: Decided }) { totalCount } dispute(id: "1") { id job { id } batch { index } } }',
    );
    expect(found.disputes.totalCount).toBe(decided);
    expect(found.dispute.id).toBe('1');
  });

  test('behavior: referees with their votes', async () => {
    const found = await data('{ referees { edges { node { validator account votes { totalCount } } } } }');
    expect(nodes(found.referees)).toHaveLength(net.referees.size);
  });
});

test('validators: with their referees, votes and absences', async () => {
  const found = await data(`{ validators(first: 100) { edges { node {
    operator voteCount absenceCount earned referee { account } votes { totalCount } absences { totalCount } } } } }`);
  const rows = nodes(found.validators) as unknown as { operator: string; referee: object | null }[];
  expect(rows.filter(({ referee }) => referee !== null).map(({ operator }) => operator)).toEqual(
    [...net.referees.keys()].sort(),
  );
  const first = await data('query ($operator: String!) { validator(operator: $operator) { operator } }', {
    operator: rows[0]?.operator,
  });
  expect(first.validator.operator).toBe(rows[0]?.operator);
});

describe('market', () => {
  test('periods: what was paid, in all sizes', async () => {
    const paid = sum([...net.jobs.values()].map((job) => job.paid));
    for (const size of ['MINUTE', 'HOUR', 'DAY']) {
      const found = await data(
        `query ($size: PeriodSize!) { market { periods(size: $size, first: 100) { edges { node {
          start paid meanPrice lowestPrice highestPrice lastPrice } } } } }`,
        { size },
      );
      const rows = nodes(found.market.periods);
      expect(sum(rows.map((row) => BigInt(row.paid ?? 0)))).toBe(paid);
      for (const { meanPrice, lowestPrice, highestPrice } of rows) {
        if (meanPrice === null) continue;
        expect(BigInt(meanPrice ?? 0)).toBeGreaterThanOrEqual(BigInt(lowestPrice ?? 0));
        expect(BigInt(meanPrice ?? 0)).toBeLessThanOrEqual(BigInt(highestPrice ?? 0));
      }
    }
  });

  test('asks and demand: of active workers and of open jobs', async () => {
    const found = await data(
      '{ market { asks { ask workers lots rate } demand { maxPrice jobs batches units gas } } queueDepth { jobs } }',
    );
    const active = [...net.workers.values()].filter((worker) => worker.status === 'Active');
    const asks = found.market.asks as { ask: string; workers: number; lots: number; rate: string }[];
    const rates = active.reduce((total, { rate }) => total + rate, 0n);
    expect(asks.reduce((total, { rate }) => total + BigInt(rate), 0n)).toBe(rates);
    expect(asks.reduce((total, level) => total + level.workers, 0)).toBe(active.length);
    expect(asks.reduce((total, level) => total + level.lots, 0)).toBe(
      active.reduce((total, worker) => total + worker.lots, 0),
    );
    const hasQueued = new Set(
      [...net.batches.values()].filter(({ state }) => state === 'Queued').map(({ jobId }) => jobId),
    );
    const open = [...net.jobs.values()].filter(
      ({ id, state, cancelled, nextBatch, batches }) =>
        state === 'Open' && !cancelled && (nextBatch < batches || hasQueued.has(id)),
    );
    const demand = found.market.demand as { jobs: number; batches: number }[];
    expect(demand.reduce((total, level) => total + level.jobs, 0)).toBe(open.length);
    const queued = [...net.batches.values()].filter(
      ({ jobId, state }) => state === 'Queued' && open.some(({ id }) => id === jobId),
    );
    const undrawn = open.reduce((total, job) => total + job.batches - job.nextBatch, 0);
    expect(demand.reduce((total, level) => total + level.batches, 0)).toBe(undrawn + queued.length);
    expect(found.queueDepth.jobs).toBe(open.length);
  });

  test('earnings: a worker’s periods are what it earned', async () => {
    const found = await data(
      '{ worker(address: "dmcn1owner0000") { earned earnings(size: MINUTE, first: 100) { edges { node { earned } } } } }',
    );
    const rows = nodes(found.worker.earnings);
    expect(sum(rows.map(({ earned }) => BigInt(earned ?? 0)))).toBe(BigInt(found.worker.earned));
  });
});

describe('scheduler', () => {
  const needs = { gasLimit: '1000', memoryLimit: '1024', maxPrice: '1000000', batchSize: 1 };
  const query = `query ($needs: WorkNeeds!) {
    eligibleWorkers(needs: $needs, first: 100) { score freeBond worker { owner ask load reputation status } }
    expectedWait(needs: $needs, units: 10) { eligibleWorkers rate blocks seconds queue { gas } }
  }`;

  test('default: active workers that fit, the lowest score first', async () => {
    const { eligibleWorkers, expectedWait } = await data(query, { needs });
    const fitting = [...net.workers.values()].filter(
      (worker) =>
        worker.status === 'Active' &&
        worker.modules.length === 0 &&
        worker.lots > 0 &&
        (worker.bond * 9n) / 10n - worker.locked >= 25_000_000n / 10n ** 9n,
    );
    const owners = eligibleWorkers.map(({ worker }: { worker: { owner: string } }) => worker.owner);
    expect([...owners].sort()).toEqual(fitting.map(({ owner }) => owner).sort());
    const scores = eligibleWorkers.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(expectedWait.eligibleWorkers).toBe(fitting.length);
    expect(BigInt(expectedWait.rate)).toBe(sum(fitting.map(({ rate }) => rate)));
    expect(expectedWait.seconds).toBeCloseTo(expectedWait.blocks);
  });

  test('args: features and price narrow it down', async () => {
    const only = async (more: object) =>
      (await data(query, { needs: { ...needs, ...more } })).eligibleWorkers as {
        worker: { owner: string };
      }[];
    for (const { worker } of await only({ features: ['simd'] })) {
      expect(net.workers.get(worker.owner)?.features).toContain('simd');
    }
    expect(await only({ features: ['nobody has it'] })).toEqual([]);
    expect(await only({ maxPrice: '1' })).toEqual([]);
    expect(await only({ maxPrice: '1', gasLimit: '1', batchSize: 1 })).toEqual([]);
  });
});

describe('requester, blocks, beacon, search', () => {
  test('requester: the sums of its jobs', async () => {
    const address = 'dmcn1requester1';
    const own = [...net.jobs.values()].filter((job) => job.requester === address);
    const found = await data(
      `{ requester(address: "${address}") { jobCount funded paid jobs { totalCount } } }`,
    );
    expect(found.requester).toEqual({
      jobCount: `${own.length}`,
      funded: `${sum(own.map((job) => job.funded))}`,
      paid: `${sum(own.map((job) => job.paid))}`,
      jobs: { totalCount: own.length },
    });
  });

  test('blocks: the newest first', async () => {
    const found = await data(
      '{ blocks(first: 2) { edges { node { height time } } } block(height: 1) { parentHash } }',
    );
    expect(nodes(found.blocks).map(({ height }) => height)).toEqual([
      net.blocks.length,
      net.blocks.length - 1,
    ]);
    expect(found.block.parentHash).toBe('');
  });

  test.each([
    ['1', ['JOB', 'DISPUTE', 'BLOCK']],
    ['dmcn1operator0001', ['WORKER']],
    ['dmcn1requester1', ['REQUESTER']],
    ['nothing', []],
  ])('search: %s', async (text, kinds) => {
    const found = await data('query ($text: String!) { search(text: $text) { kind id } }', { text });
    expect(found.search.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  });
});

describe('orders and filters that no index serves', () => {
  test.each([
    '{ jobs(filter: { requester: "x" }, orderBy: PRICE_ASC) { totalCount } }',
    '{ jobs(filter: { state: Open }, orderBy: FUNDED_ASC) { totalCount } }',
    '{ units(filter: { paid: true }) { totalCount } }',
  ])('error: %s', async (query) => {
    expect((await ask(query)).errors[0].extensions.code).toBe('BAD_ARGUMENT');
  });

  test('default: open jobs by price', async () => {
    const found = await data(
      '{ jobs(filter: { state: Open }, orderBy: PRICE_DESC) { edges { node { maxPrice } } } }',
    );
    expect(found.jobs.edges.length).toBeGreaterThan(0);
  });
});

describe('minHeight', () => {
  const body = (minHeight: unknown, timeoutMs: unknown = 2_000) =>
    api.request({ query: '{ network { height } }', extensions: { minHeight, timeoutMs } });

  test('default: the answer waits for the block', async () => {
    const next = net.height;
    const answer = body(next);
    setTimeout(() => applyBlock(api.store, net.endBlock(), next), 60);
    const { data: found, extensions } = await (await answer).json();
    expect(found.network.height).toBe(next);
    expect(extensions).toMatchObject({ height: next, appHash: net.blocks.at(-1)?.appHash });
  });

  test('error: the time is over', async () => {
    const answer = await body(net.height + 5, 50);
    expect(answer.status).toBe(504);
    expect((await answer.json()).errors[0].extensions).toMatchObject({ code: 'HEIGHT_NOT_REACHED' });
  });

  test('error: no height', async () => {
    expect((await (await body('soon')).json()).errors[0].message).toMatch(/minHeight is a whole number/);
  });
});
