import { digitsInputs } from '@dmcn/modules';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Submitted } from './support/documents.js';
import { type IndexAnswer, LyingIndex } from './support/lying-index.js';
import { Network } from './support/network.js';
import { run, start } from './support/process.js';
import { digits, inputDirectory } from './support/programs.js';

type Document = Readonly<Record<string, unknown>>;
const NOBODY = 'http://127.0.0.1:9/graphql';

describe.sequential('what a command shows is read through an index', () => {
  let network: Network;
  let index: LyingIndex;
  let jobId: string;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    index = await LyingIndex.before(inject('devnet').graphql[0]);
    const inputs = await inputDirectory(digitsInputs({ units: 2, imagesPerUnit: 2 }));
    ({ jobId } = await network.json<Submitted>('job', 'submit', '--module', digits, '--input-dir', inputs));
    await network.json('job', 'wait', jobId);
  });
  beforeEach(() => {
    index.lie = (answer) => answer;
    index.says = undefined;
    index.asked = 0;
  });
  afterAll(() => {
    index.stop();
    network.close();
  });

  const without = ({ source: _, ...rest }: Document): Document => rest;

  it('gives the same documents as the chain does, and says which one answered', async () => {
    for (const [verb, of] of [
      [['job', 'status', jobId], (all: Document) => all],
      [['job', 'list', '--mine'], (all: readonly Document[]) => all.find(({ id }) => id === jobId)],
      [['module', 'list'], (all: readonly Document[]) => all[0]],
    ] as const) {
      const ask = async (url: string) => of(await network.json<never>(...verb, '--graphql', url)) as Document;
      const [indexed, chain] = [await ask(index.url), await ask(NOBODY)];
      expect([indexed.source, chain.source], verb.join(' ')).toEqual(['graphql', 'chain']);
      expect(without(indexed), verb.join(' ')).toEqual(without(chain));
    }
    expect(index.asked).toBe(3);
  });

  it('is asked by a devnet’s home without being named, and named in a quiet line', async () => {
    const { stdout, stderr } = await run(network.at('job', 'status', jobId));
    expect(stdout).toContain(`job ${jobId}: Settled`);
    expect(stderr).toContain(`read from GraphQL at ${inject('devnet').graphql[0]}, block `);
  });

  it('shows a job in the very moment in which it was submitted', async () => {
    const inputs = await inputDirectory(digitsInputs({ units: 1, imagesPerUnit: 1 }));
    for (const _ of [1, 2, 3]) {
      const submitted = await network.json<Submitted>(
        'job',
        'submit',
        '--module',
        digits,
        '--input-dir',
        inputs,
      );
      const shown = await network.json<Document>('job', 'status', submitted.jobId);
      expect(shown).toMatchObject({ id: submitted.jobId, source: 'graphql' });
    }
  });

  const lies: readonly (readonly [name: string, lie: (answer: IndexAnswer) => unknown, says: RegExp])[] = [
    [
      'lags',
      (answer) => ({ ...answer, extensions: { ...answer.extensions, height: 1 } }),
      /is behind: it has block 1, not \d+/,
    ],
    [
      'is of another chain',
      (answer) => ({ ...answer, extensions: { ...answer.extensions, chainId: 'other-1' } }),
      /is one of chain other-1, not dmcn/,
    ],
    [
      'gives an amount that is none',
      ({ data, ...rest }) => ({ ...rest, data: { job: { ...(data?.job as object), paid: '-5' } } }),
      /makes no sense: paid is "-5"/,
    ],
  ];
  it.each(lies)('the chain answers where an index %s', async (_name, lie, says) => {
    index.lie = lie;
    const { code, stdout, stderr } = await run(
      network.at('job', 'status', jobId, '--graphql', index.url, '--json'),
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: jobId, state: 'Settled', source: 'chain' });
    expect(stderr.trim()).toMatch(says);
    expect(index.asked).toBe(1);
  });

  it('the chain answers where something else than an index does', async () => {
    index.says = '<html>502 Bad Gateway</html>';
    const status = await network.json<Document>('job', 'status', jobId, '--graphql', index.url);
    expect(status).toMatchObject({ id: jobId, source: 'chain' });
  });

  it('another index answers where the first one does not', async () => {
    const shown = await network.json<Document>(
      'job',
      'status',
      jobId,
      '--graphql',
      NOBODY,
      '--graphql',
      index.url,
    );
    expect(shown).toMatchObject({ id: jobId, source: 'graphql' });
  });

  it('an index answers alone where no node does', async () => {
    const { stdout, stderr, code } = await run(
      network.at('job', 'status', jobId, '--node', 'http://127.0.0.1:9', '--graphql', index.url, '--json'),
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: jobId, source: 'graphql' });
  });

  it('an index that answers known operations only knows those of the command line and of the page', async () => {
    const server = start(
      network.at(
        'graphql',
        'start',
        '--db',
        `${network.devnet.home}/indexer0.db`,
        '--port',
        0,
        '--known-only',
      ),
    );
    const url = `${(await server.says(/http:\/\/\S+/)).trim()}/graphql`;
    const ask = async (question: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(question) });
      return ((await answer.json()) as { errors?: readonly { extensions?: { code?: string } }[] })
        .errors?.[0];
    };
    for (const verb of [
      ['job', 'status', jobId],
      ['job', 'list', '--mine'],
      ['module', 'list'],
    ])
      expect(JSON.stringify(await network.json(...verb, '--graphql', url))).toContain('"source":"graphql"');
    expect(await network.json('job', 'receipt', jobId, '--graphql', url)).toMatchObject({
      source: { foundBy: 'graphql' },
    });
    const page = (await (await fetch(new URL('/operations.json', url))).json()) as Record<string, string>;
    const queries = Object.entries(page).filter(([, text]) => /^\s*query/.test(text));
    expect(queries.length).toBeGreaterThan(10);
    for (const [sha256Hash] of queries) {
      const error = await ask({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
      expect(error?.extensions?.code ?? '').not.toMatch(/PERSISTED/);
    }
    const query = '{ network { height } }';
    expect((await ask({ query }))?.extensions?.code).toBe('PERSISTED_QUERY_ONLY');
    server.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  it('waits for a job on the chain, or takes the word of an index that it is over where no node answers', async () => {
    const flags = ['--graphql', index.url, '--json'];
    expect(await network.json<Document>('job', 'wait', jobId, '--graphql', index.url)).toEqual({
      ...{ jobId, state: 'Settled', source: 'chain' },
    });
    expect(index.asked).toBe(0);
    const alone = await run(network.at('job', 'wait', jobId, '--node', 'http://127.0.0.1:9', ...flags));
    expect(alone.code, alone.stderr).toBe(0);
    expect(JSON.parse(alone.stdout)).toEqual({ jobId, state: 'Settled', source: 'graphql' });
  });

  it('a receipt is read from the blocks that an index names, and is the one that all blocks give', async () => {
    const receipt = (url: string) => network.json<Document>('job', 'receipt', jobId, '--graphql', url);
    const [named, whole] = [await receipt(index.url), await receipt(NOBODY)];
    expect(named.source).toMatchObject({ kind: 'blocks', foundBy: 'graphql', all: false });
    expect(whole.source).toMatchObject({ kind: 'blocks', foundBy: 'chain', all: true });
    expect(without(named)).toEqual(without(whole));
    const nothing = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
    index.lie = ({ data, ...rest }) => ({
      ...rest,
      data: data && 'job' in data ? { job: { ...(data.job as object), batches: nothing } } : data,
    });
    expect(await receipt(index.url)).toEqual(whole);
  });

  it('a worker reads about itself on the chain, and about the market through the index', async () => {
    const home = `${inject('devnet').home}/workers/worker0`;
    const status = async (url: string) => {
      const { stdout, stderr, code } = await run([
        'worker',
        'status',
        '--home',
        home,
        '--graphql',
        url,
        '--json',
      ]);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as Document;
    };
    const [indexed, chain] = [await status(index.url), await status(NOBODY)];
    expect(indexed).toMatchObject({
      source: 'chain',
      market: { source: 'graphql' },
      earned: { source: 'graphql' },
    });
    expect(chain).toMatchObject({ source: 'chain', market: { source: 'chain' }, earned: null });
    const why = await run(['worker', 'why', '--home', home]);
    expect(why.stderr).toMatch(
      /market: \d+ batches, \d+ units of \d+ jobs wait at its price.*read from GraphQL/,
    );
  });
});
