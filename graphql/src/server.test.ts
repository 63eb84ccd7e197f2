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

test('error: a port that is taken', async () => {
  const server = await createGraphqlServer({ dbPath, port: 0 });
  const port = Number(new URL(server.url).port);
  await expect(createGraphqlServer({ dbPath, port })).rejects.toThrow(ListenError);
  await server.close();
});
