import { applyBlock, draw, type NetworkJob, register, submitJob } from '@dmcn/indexer/testing';
import { createClient } from 'graphql-ws';
import { afterAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createGraphqlServer } from './server.js';
import { seeded } from './testing/seeded.js';

const api = seeded();
const server = await createGraphqlServer({ dbPath: api.dbPath, port: 0 });
afterAll(async () => {
  await server.close();
  await api.close();
});

const nextBlock = () => applyBlock(api.store, api.net.endBlock(), api.net.blocks.length);

/** What comes over server-sent events. */
async function* sse(
  query: string,
  { signal, opened }: { signal?: AbortSignal; opened?: () => unknown } = {},
) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
    signal: signal ?? null,
  });
  if (opened) setTimeout(opened, 50);
  let text = '';
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(part).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data !== undefined) yield JSON.parse(data).data;
    }
  }
}

test('blocks over SSE: each one, in order', async () => {
  const end = new AbortController();
  const heights: number[] = [];
  const first = api.net.height;
  const opened = () => {
    nextBlock();
    nextBlock();
  };
  const { signal } = end;
  for await (const { blocks } of sse('subscription { blocks { height time } }', { signal, opened })) {
    heights.push(blocks.height);
    if (heights.length === 2) break;
  }
  end.abort();
  expect(heights).toEqual([first, first + 1]);
});

test('jobProgress over SSE: now, at each change, and the end', async () => {
  const worker = register(api.net, 90);
  const module = [...api.net.modules.values()].at(0) ?? expect.fail();
  const job: NetworkJob = submitJob(api.net, module, 4, 4);
  nextBlock();
  const end = new AbortController();
  const seen: { nextBatch: number; state: string }[] = [];
  const opened = () => {
    draw(api.net, job, worker);
    nextBlock();
  };
  for await (const { jobProgress } of sse(
    `subscription { jobProgress(id: "${job.id}") { id state nextBatch batches { edges { node { state } } } } }`,
    { signal: end.signal, opened },
  )) {
    seen.push(jobProgress);
    if (seen.length === 2) break;
  }
  end.abort();
  expect(seen.map(({ nextBatch }) => nextBatch)).toEqual([0, 1]);

  const over: unknown[] = [];
  for await (const { jobProgress } of sse('subscription { jobProgress(id: "1") { state } }'))
    over.push(jobProgress);
  expect(over).toEqual([{ state: 'Settled' }]);
});

test('each event is of one state of the index and says which, and has the limits of any operation', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
  });
  const job = [...api.net.jobs.keys()].at(0) ?? expect.fail();
  const next = async (fields: string) =>
    (
      await client
        .iterate({
          query: `subscription ($n: Int = 100) { jobProgress(id: "${job}") { id module { jobs(first: $n) { ${fields} } } } }`,
        })
        .next()
    ).value;
  const { data, extensions } = await next('totalCount');
  expect(data.jobProgress.id).toBe(`${job}`);
  expect(extensions).toMatchObject({ height: api.net.blocks.length, lag: 0 });
  const again = 'edges { node { module { jobs(first: $n)';
  const { errors } = await next(`${again} { ${again} { totalCount } } } } } } } }`);
  expect(errors[0].extensions).toMatchObject({ code: 'TOO_MANY_ROWS' });
  await client.dispose();
});

test('workerOffers over a WebSocket: those of the worker', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
  });
  const worker = register(api.net, 91);
  const other = register(api.net, 92);
  const module = [...api.net.modules.values()].at(0) ?? expect.fail();
  const job = submitJob(api.net, module, 8, 4);
  nextBlock();
  setTimeout(() => {
    draw(api.net, job, other);
    draw(api.net, job, worker);
    nextBlock();
  }, 1_000);
  const offers = client.iterate<{ workerOffers: { owner: string; batchIndex: number } }>({
    query: `subscription { workerOffers(owner: "${worker.owner}") { owner batchIndex batch { state } } }`,
  });
  const { value } = await offers.next();
  expect(value.data.workerOffers).toMatchObject({ owner: worker.owner, batchIndex: 1 });
  await offers.return?.();
  await client.dispose();
});

test('behavior: queries over the same WebSocket, and what is refused', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
  });
  const { value } = await client
    .iterate<{ network: { chainId: string } }>({ query: '{ network { chainId } }' })
    .next();
  expect(value.data.network.chainId).toBe('dmcn-test-1');
  await expect(client.iterate({ query: '{ nothing }' }).next()).rejects.toMatchObject([
    { message: expect.stringMatching(/Cannot query field "nothing"/) },
  ]);
  await client.dispose();
});

test('behavior: what an operation is to blame for ends it, not the socket, however often', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  let closed = 0;
  client.on('closed', () => {
    closed += 1;
  });
  const end = client.subscribe(
    { query: 'subscription { blocks { height } }' },
    { next() {}, error() {}, complete() {} },
  );
  for (let i = 0; i < 120; i += 1) {
    const query = i % 2 === 0 ? '{ nothing }' : '{ network {';
    await expect(client.iterate({ query }).next()).rejects.toHaveLength(1);
  }
  expect(closed).toBe(0);
  end();
  await client.dispose();
});
