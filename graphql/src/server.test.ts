import { afterAll, expect, test } from 'vitest';
import { createGraphqlServer, ListenError } from './server.js';
import { seeded } from './testing/seeded.js';

const { dbPath, close } = seeded();
afterAll(close);

test('default: serves over HTTP, and closes', async () => {
  const server = await createGraphqlServer({ dbPath, port: 0 });
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ network { chainId } }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { network: { chainId: 'dmcn-test-1' } } });
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test('behavior: HEAD tells what GET would, without a body', async () => {
  const server = await createGraphqlServer({ dbPath, port: 0 });
  for (const path of ['/', '/health', '/missing.js']) {
    const [head, get] = await Promise.all([
      fetch(server.url + path, { method: 'HEAD' }),
      fetch(server.url + path),
    ]);
    expect([head.status, head.headers.get('content-type')]).toEqual([
      get.status,
      get.headers.get('content-type'),
    ]);
    expect(await head.text()).toBe('');
    expect(await get.text()).not.toBe('');
  }
  await server.close();
});

test('error: a port that is taken', async () => {
  const server = await createGraphqlServer({ dbPath, port: 0 });
  const port = Number(new URL(server.url).port);
  await expect(createGraphqlServer({ dbPath, port })).rejects.toThrow(ListenError);
  await server.close();
});
