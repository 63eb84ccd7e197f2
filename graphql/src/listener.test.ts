import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { applyBlock } from '@dmcn/indexer/testing';
import { createClient } from 'graphql-ws';
import { afterAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createGraphqlServer, type ServerOptions } from './server.js';
import { seeded } from './testing/seeded.js';

const api = seeded();
const servers: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
  await api.close();
});

const serve = async (options: Partial<ServerOptions> = {}) => {
  const server = await createGraphqlServer({ dbPath: api.dbPath, port: 0, ...options });
  servers.push(server);
  return server.url;
};
const url = await serve();

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: Buffer;
}

/** A request whose answer is not decompressed by the way. */
const ask = async (body: string, headers: Record<string, string> = {}, base = url): Promise<Got> => {
  const request = httpRequest(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode, headers: response.headers, raw: Buffer.concat(parts) };
};
const json = ({ raw }: Got) => JSON.parse(raw.toString());
const op = (query: string, more: object = {}) => JSON.stringify({ query, ...more });
const large = op('{ jobs(first: 50) { edges { node { id requester moduleId state funded paid } } } }');

describe('answers that are kept', () => {
  test('default: the same bytes without another execution, until the next block', async () => {
    const question = op('{ network { height jobs } }');
    const first = await ask(question);
    const second = await ask(question);
    expect([first.headers['x-cache'], second.headers['x-cache']]).toEqual(['miss', 'hit']);
    expect(second.raw.equals(first.raw)).toBe(true);
    applyBlock(api.store, api.net.endBlock(), api.net.blocks.length);
    const third = await ask(question);
    expect(third.headers['x-cache']).toBe('miss');
    expect(json(third).data.network.height).toBe(json(first).data.network.height + 1);
  });

  test('behavior: another origin, other variables, another encoding are other questions', async () => {
    const question = (id: string) =>
      op('query ($id: UInt64!) { job(id: $id) { id } }', { variables: { id } });
    await ask(question('1'));
    expect(json(await ask(question('2'))).data.job.id).toBe('2');
    const other = await ask(question('1'), { origin: 'http://elsewhere' });
    expect(other.headers['access-control-allow-origin']).toBe('http://elsewhere');
  });

  test.each([
    ['one that failed', op('{ nothing }')],
    ['one with arguments that make no sense', op('{ jobs(first: 101) { totalCount } }')],
    ['several at once', `[${op('{ network { jobs } }')},${op('{ network { lots } }')}]`],
  ])('behavior: %s is not kept', async (_name, question) => {
    await ask(question);
    expect((await ask(question)).headers['x-cache']).toBe('miss');
  });

  test('behavior: nothing is kept where there is no room', async () => {
    const base = await serve({ cacheBytes: 0 });
    const question = op('{ network { jobs } }');
    await ask(question, {}, base);
    expect((await ask(question, {}, base)).headers['x-cache']).toBe('miss');
  });

  test('behavior: by GET too', async () => {
    const address = `${url}/graphql?query=${encodeURIComponent('{ network { chainId } }')}`;
    await (await fetch(address)).text();
    expect((await fetch(address)).headers.get('x-cache')).toBe('hit');
  });
});

describe('operations that were answered before', () => {
  const query = `query ($first: Int!) { jobs(first: $first) { edges { node { id requester } } } }`;
  const next = () => applyBlock(api.store, api.net.endBlock(), api.net.blocks.length);

  test('default: the same answer as the first time, headers included, of the new height', async () => {
    const question = op(query, { variables: { first: 3 } });
    const first = await ask(question);
    next();
    const second = await ask(question);
    expect(second.headers['x-cache']).toBe('miss');
    expect(json(second).data).toEqual(json(first).data);
    expect(json(second).extensions).toEqual({
      ...json(first).extensions,
      ...{ height: api.net.blocks.length, head: api.net.blocks.length },
      ...{ blockHash: api.net.blocks.at(-1)?.hash, appHash: api.net.blocks.at(-1)?.appHash },
      blockTime: api.net.blocks.at(-1)?.time.toISOString(),
    });
    const { date: _, 'content-length': __, ...headers } = second.headers;
    expect(first.headers).toMatchObject(headers);
  });

  test('error: other variables may be wrong, and are told as ever', async () => {
    await ask(op(query, { variables: { first: 2 } }));
    const answer = await ask(op(query, { variables: { first: 101 } }));
    expect(json(answer).errors[0].extensions.code).toBe('BAD_ARGUMENT');
    expect(json(await ask(op(query, { variables: { first: 'x' } }))).errors[0].message).toMatch(
      /Int cannot represent/,
    );
    expect(json(await ask(op(query))).errors[0].message).toMatch(/\$first/);
  });
});

describe('compression', () => {
  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('%s: fewer bytes, the same answer, kept or not', async (encoding, decompress) => {
    const plain = await ask(large);
    for (const _ of ['miss', 'hit']) {
      const answer = await ask(large, { 'accept-encoding': encoding });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.raw.length).toBeLessThan(plain.raw.length / 2);
      expect(JSON.parse(decompress(answer.raw).toString())).toEqual(json(plain));
    }
  });

  test('behavior: none for who takes none, or for a short answer', async () => {
    expect((await ask(large, { 'accept-encoding': 'br;q=0' })).headers['content-encoding']).toBeUndefined();
    const short = await ask(op('{ __typename }'), { 'accept-encoding': 'br' });
    expect(short.headers['content-encoding']).toBeUndefined();
  });
});

describe('attacks', () => {
  test('error: a body that is too large, whatever its length is said to be', async () => {
    const answer = await ask(op(`{ job(id: "${'1'.repeat(70_000)}") { id } }`));
    expect(answer.status).toBe(413);
  });

  test('error: too many operations in one request', async () => {
    const batch = (count: number) => `[${Array.from({ length: count }, () => op('{ __typename }')).join()}]`;
    expect(json(await ask(batch(10)))).toHaveLength(10);
    const answer = await ask(batch(11));
    expect(answer.status).toBe(413);
    expect(json(answer).errors[0].message).toMatch(/batching/i);
  });

  test('error: an operation that takes too long is stopped, also within SQLite', async () => {
    const base = await serve({ timeMs: 0 });
    const { errors } = json(await ask(op('{ jobs(first: 5) { edges { node { id } } } }'), {}, base));
    expect(errors[0].extensions).toMatchObject({ code: 'QUERY_TIMEOUT', timeMs: 0 });
  });

  test('error: the schema is not told where that is switched off', async () => {
    const base = await serve({ introspection: false });
    const { errors } = json(await ask(op('{ __schema { types { name } } }'), {}, base));
    expect(errors[0].message).toMatch(/introspection/i);
    expect(json(await ask(op('{ network { jobs } }'), {}, base)).errors).toBeUndefined();
  });

  test('behavior: only pages of the origins named get an answer to read', async () => {
    const base = await serve({ origins: ['http://dash.example'] });
    const of = async (origin: string) =>
      (await ask(op('{ __typename }'), { origin }, base)).headers['access-control-allow-origin'];
    expect(await of('http://dash.example')).toBe('http://dash.example');
    expect(await of('http://elsewhere')).not.toBe('http://elsewhere');
  });

  test('error: a body that is no JSON', async () => {
    expect((await ask('{"query":')).status).toBe(400);
  });
});

describe('persisted operations', () => {
  const query = '{ network { chainId } }';
  const hash = createHash('sha256').update(query).digest('hex');
  const named = (sha256Hash: string, more: object = {}) =>
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, ...more });

  test('default: one that was taught is known by its hash', async () => {
    expect(json(await ask(named(hash))).errors[0].message).toBe('PersistedQueryNotFound');
    expect(json(await ask(named(hash, { query }))).data.network.chainId).toBe('dmcn-test-1');
    expect(json(await ask(named(hash))).data.network.chainId).toBe('dmcn-test-1');
  });

  test('behavior: by GET, kept as any answer', async () => {
    await ask(named(hash, { query }));
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
    const address = `${url}/graphql?${new URLSearchParams({ extensions })}`;
    expect((await (await fetch(address)).json()).data.network.chainId).toBe('dmcn-test-1');
    expect((await fetch(address)).headers.get('x-cache')).toBe('hit');
  });

  test('error: a hash of something else', async () => {
    expect(json(await ask(named('00', { query }))).errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_MISMATCH',
    );
  });

  test('behavior: once answered it is executed without being looked at again, of the new height, by its hash alone', async () => {
    const counted = '{ network { height lots } }';
    const body = named(createHash('sha256').update(counted).digest('hex'));
    await ask(named(createHash('sha256').update(counted).digest('hex'), { query: counted }));
    const first = json(await ask(body));
    applyBlock(api.store, api.net.endBlock(), api.net.blocks.length);
    const second = await ask(body);
    expect(second.headers['x-cache']).toBe('miss');
    expect(json(second).data.network.height).toBe(first.data.network.height + 1);
    expect((await ask(body)).headers['x-cache']).toBe('hit');
  });

  test('args: only those that were given', async () => {
    const base = await serve({ persisted: { operations: new Map([[hash, query]]), only: true } });
    expect(json(await ask(named(hash), {}, base)).data.network.chainId).toBe('dmcn-test-1');
    expect(json(await ask(op('{ __typename }'), {}, base)).errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_ONLY',
    );
    const taught = '{ network { lots } }';
    const teaching = named(createHash('sha256').update(taught).digest('hex'), { query: taught });
    expect(json(await ask(teaching, {}, base)).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    const client = createClient({ url: `${base.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_ONLY' } },
    ]);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const { value } = await client.iterate({ query: '', extensions }).next();
    expect(value.data).toEqual({ network: { chainId: 'dmcn-test-1' } });
    await client.dispose();
  });
});
