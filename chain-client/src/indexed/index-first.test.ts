import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EndpointUnreachableError } from '../errors/index.js';
import type { ChainClient } from '../port/index.js';
import { FakeIndex } from '../testing/fake-index.js';
import type { Job } from '../types/index.js';
import { indexOperations } from './graphql.js';
import type { IndexFault } from './index-error.js';
import { indexFirst } from './index-first.js';
import { jobInIndex, jobsInIndex } from './jobs.js';

const CHAIN = 'dmcn-test-1';
const HEIGHT = 40;
const somebody = `dmcn1${'q'.repeat(38)}`;
const hash = 'ab'.repeat(32);

/** A job as an index answers it. */
const node = {
  ...{ id: '7', requester: somebody, author: somebody, state: 'Settled', mode: 'public', cancelled: false },
  ...{ moduleId: hash, inputRoot: hash, inputIndex: hash, encryptionKey: hash },
  ...{ royaltyBps: 500, feeBps: 100, auditFloor: '3', batchCount: 2, nextBatch: 2, liveBatches: 0 },
  ...{ finalBatches: 2, endedBatches: 0, funded: '100', paid: '60', royalties: '3', fees: '1', audits: '2' },
  ...{ refunded: '34', remaining: '0', submittedHeight: 9, settledHeight: 30, missingReporters: [] },
  ...{ prunedBatches: 0, prunedHeight: null, args: ['-x'], unitCount: 20, batchSize: 10, gasLimit: '2000' },
  ...{ memoryLimit: '65536', maxPrice: '1000', auditBps: 2000, auditors: 1, samples: 2, deadline: 99 },
  ...{ locators: ['http://blobs'], features: [] },
};
const extensions = { chainId: CHAIN, height: HEIGHT };
const said = (data: object, more: object = {}) => JSON.stringify({ data, extensions, ...more });

const onChain = { id: 7n, of: 'the chain' } as unknown as Job;
const chain = {
  chainId: CHAIN,
  status: async () => ({ height: HEIGHT }),
  job: async () => onChain,
  jobs: async () => ({ items: [onChain] }),
} as unknown as ChainClient;

let index: FakeIndex;
beforeAll(async () => {
  index = await FakeIndex.start();
});
beforeEach(() => {
  index.answer = () => said({ job: node });
  index.questions.length = 0;
});
afterAll(() => index.stop());

const job = (more: Partial<Parameters<typeof indexFirst>[0]> = {}) =>
  indexFirst({ indexes: [index.url], chain: async () => chain, ...more }, jobInIndex(7n), (c) =>
    (c as ChainClient).job(7n),
  );

test('an index answers, of the chain and the height that the chain itself has', async () => {
  const answered = await job();
  expect(answered).toMatchObject({ source: 'graphql', url: index.url, height: HEIGHT, passedOver: [] });
  expect(answered.value).toMatchObject({
    id: 7n,
    paid: 60n,
    prunedHeight: 0,
    spec: { units: 20, args: ['-x'] },
  });
  expect(index.questions).toEqual([
    expect.objectContaining({
      variables: { id: '7' },
      extensions: {
        minHeight: HEIGHT,
        timeoutMs: 2_000,
        persistedQuery: { version: 1, sha256Hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    }),
  ]);
  expect(index.questions[0]).not.toHaveProperty('query');
});

test('an index that does not know an operation is told its text, and any that does is only told its hash', async () => {
  index.answer = ({ query }) =>
    query === undefined
      ? JSON.stringify({
          errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
        })
      : said({ job: node });
  expect(await job()).toMatchObject({ source: 'graphql', passedOver: [] });
  const [named, told] = index.questions;
  expect(told).toEqual({ ...named, query: expect.stringContaining('query Job(') });
  const sha256Hash = createHash('sha256').update(`${told?.query}`).digest('hex');
  expect(told).toMatchObject({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  expect([...indexOperations]).toContain(told?.query);
});

test('an index that will not be told either is passed over', async () => {
  const extensions = { code: 'PERSISTED_QUERY_NOT_FOUND' };
  index.answer = () => JSON.stringify({ errors: [{ message: 'PersistedQueryNotFound', extensions }] });
  expect(await job()).toMatchObject({ source: 'chain', passedOver: [{ fault: 'refused' }] });
  expect(index.questions).toHaveLength(2);
});

const lies: Readonly<Record<string, readonly [fault: IndexFault, answer: string, says: RegExp]>> = {
  'behind, without a word': [
    'behind',
    said({ job: node }, { extensions: { ...extensions, height: HEIGHT - 1 } }),
    /has block 39, not 40/,
  ],
  'behind, and says so': [
    'behind',
    JSON.stringify({ errors: [{ message: 'late', extensions: { code: 'HEIGHT_NOT_REACHED' } }], extensions }),
    /is behind: late/,
  ],
  'empty as yet': [
    'behind',
    JSON.stringify({ errors: [{ message: 'no index yet', extensions: { code: 'NOT_READY' } }] }),
    /no index yet/,
  ],
  'of another chain': [
    'other_chain',
    said({ job: node }, { extensions: { ...extensions, chainId: 'other-1' } }),
    /chain other-1, not dmcn-test-1/,
  ],
  'of another chain, and refuses': [
    'other_chain',
    JSON.stringify({ errors: [{ message: 'no' }], extensions: { ...extensions, chainId: 'other-1' } }),
    /chain other-1/,
  ],
  'of another schema': [
    'refused',
    JSON.stringify({ errors: [{ message: 'no field' }], extensions }),
    /no field/,
  ],
  'no index': ['nonsense', '<html>502 Bad Gateway</html>', /is not GraphQL/],
  'empty words': ['nonsense', '', /is not GraphQL/],
  'a number': ['nonsense', '7', /is not GraphQL/],
  'nothing at all': ['nonsense', 'null', /is not GraphQL/],
  'errors that are none': ['refused', '{"errors":7}', /no reason given/],
  'of no height': ['nonsense', JSON.stringify({ data: { job: node } }), /of which chain and height/],
  'of half a height': [
    'nonsense',
    said({ job: node }, { extensions: { ...extensions, height: 40.5 } }),
    /of which chain and height/,
  ],
};

const wrong: Readonly<Record<string, unknown>> = {
  'a job that is none': 7,
  'another job': { ...node, id: '8' },
  'an id beyond 64 bits': { ...node, id: '18446744073709551616' },
  'an amount below zero': { ...node, paid: '-5' },
  'an amount as a number': { ...node, paid: 60 },
  'half a batch': { ...node, finalBatches: 1.5 },
  'no hash': { ...node, moduleId: 'xyz' },
  'a short hash': { ...node, moduleId: 'ab' },
  'no address': { ...node, requester: 'somebody' },
  'a state that there is not': { ...node, state: 'Great' },
  'a list that is none': { ...node, locators: 'http://blobs' },
  'a field that is missing': { ...node, cancelled: undefined },
};

describe('the chain answers where an index is', () => {
  test.each(Object.entries(lies))('%s', async (_name, [fault, answer, says]) => {
    index.answer = () => answer;
    const answered = await job();
    expect(answered).toMatchObject({ value: onChain, source: 'chain', height: HEIGHT });
    expect(answered.passedOver).toEqual([
      expect.objectContaining({ fault, url: index.url, message: expect.stringMatching(says) }),
    ]);
  });

  test.each(Object.entries(wrong))('one that tells of %s', async (_name, told) => {
    index.answer = () => said({ job: told });
    const { value, source, passedOver } = await job();
    expect({ value, source }).toEqual({ value: onChain, source: 'chain' });
    expect(passedOver).toEqual([expect.objectContaining({ fault: 'nonsense' })]);
  });

  test('silent', async () => {
    index.answer = () => undefined;
    const { source, passedOver } = await job({ patienceMs: 1 });
    expect(source).toBe('chain');
    expect(passedOver).toEqual([expect.objectContaining({ fault: 'unreachable', retryable: true })]);
  });

  test('not there', async () => {
    const { source, passedOver } = await job({ indexes: ['http://127.0.0.1:9/graphql'] });
    expect(source).toBe('chain');
    expect(passedOver).toEqual([expect.objectContaining({ fault: 'unreachable' })]);
  });

  test('one that knows of no such thing: the chain has the last word', async () => {
    index.answer = () => said({ job: null });
    expect(await job()).toMatchObject({ value: onChain, source: 'chain', passedOver: [] });
  });
});

test('another index answers where the first one does not', async () => {
  const answered = await job({ indexes: ['http://127.0.0.1:9/graphql', index.url] });
  expect(answered).toMatchObject({ source: 'graphql', url: index.url });
  expect(answered.passedOver).toHaveLength(1);
});

describe('where no node answers', () => {
  const unreachable = new EndpointUnreachableError(['http://node']);
  const nobody = () => Promise.reject(unreachable);

  test('an index answers alone, with whatever height it has', async () => {
    index.answer = () => said({ job: node }, { extensions: { ...extensions, height: 3 } });
    expect(await job({ chain: nobody, chainId: CHAIN })).toMatchObject({ source: 'graphql', height: 3 });
    expect(index.questions[0]).toMatchObject({ extensions: {} });
  });

  test('but none of another chain', async () => {
    await expect(job({ chain: nobody, chainId: 'other-1' })).rejects.toBe(unreachable);
  });

  test('what it does not know is not there', async () => {
    index.answer = () => said({ job: null });
    await expect(job({ chain: nobody })).rejects.toThrow(/does not exist/);
  });

  test('and no index does: the error is the chain’s', async () => {
    await expect(job({ chain: nobody, indexes: [] })).rejects.toBe(unreachable);
  });
});

test('an error of the chain other than silence is the answer', async () => {
  const error = new Error('bad options');
  await expect(job({ chain: () => Promise.reject(error) })).rejects.toBe(error);
});

test('ends at once where the caller does', async () => {
  index.answer = () => undefined;
  const caller = new AbortController();
  const asked = job({ signal: caller.signal });
  await expect.poll(() => index.questions.length).toBe(1);
  caller.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

describe('lists', () => {
  const page = (ids: readonly number[], endCursor: string | null) => ({
    jobs: {
      edges: ids.map((id) => ({ node: { ...node, id: String(id) } })),
      pageInfo: { hasNextPage: endCursor !== null, endCursor },
    },
  });
  const jobs = () =>
    indexFirst({ indexes: [index.url], chain: async () => chain }, jobsInIndex(somebody), async () => [
      onChain,
    ]);

  test('are read page by page', async () => {
    index.answer = ({ variables: { after } }) =>
      said(after === null ? page([1, 2], 'p') : page([5], null), {
        extensions: { ...extensions, height: after === null ? HEIGHT + 2 : HEIGHT + 1 },
      });
    const { value, source, height } = await jobs();
    expect(value.map(({ id }) => id)).toEqual([1n, 2n, 5n]);
    expect({ source, height }).toEqual({ source: 'graphql', height: HEIGHT + 1 });
    expect(index.questions.map(({ variables }) => variables)).toEqual([
      { requester: somebody, after: null },
      { requester: somebody, after: 'p' },
    ]);
  });

  test.each([
    ['the same page for ever', () => page([1], 'p')],
    ['pages of nothing', () => page([], 'p')],
    ['a job twice', () => page([1, 1], null)],
    ['no edges', () => ({ jobs: { pageInfo: { hasNextPage: false } } })],
  ])('are the chain’s where an index gives %s', async (_name, give) => {
    index.answer = () => said(give());
    const { source, passedOver } = await jobs();
    expect({ source, faults: passedOver.map(({ fault }) => fault) }).toEqual({
      source: 'chain',
      faults: ['nonsense'],
    });
  });
});
