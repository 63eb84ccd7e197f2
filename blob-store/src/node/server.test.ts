import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { BlobStoreFullError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { createHttpBlobStore } from '../http/client.js';
import { startServer, tempDir } from '../testing/resources.js';

const LIMIT = 100_000;
const BUILT = fileURLToPath(new URL('../../dist/node/index.js', import.meta.url));
const bytes = randomBytes(20_000);
const hex = hashToHex(hashBlob(bytes));

async function start() {
  const dir = await tempDir();
  const server = await startServer(dir, LIMIT);
  return { dir, url: server.url, port: server.port };
}

it('answers PUT 201 then 200, GET and HEAD 200 with length and CORS', async () => {
  const { url } = await start();
  const blob = `${url}/blobs/${hex}`;
  expect((await fetch(blob, { method: 'HEAD' })).status).toBe(404);
  expect((await fetch(blob, { method: 'PUT', body: bytes })).status).toBe(201);
  expect((await fetch(blob, { method: 'PUT', body: bytes })).status).toBe(200);
  const got = await fetch(blob);
  expect(got.headers.get('access-control-allow-origin')).toBe('*');
  expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
  const head = await fetch(blob, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
});

it('lets browsers ask first', async () => {
  const { url } = await start();
  const preflight = await fetch(`${url}/blobs/${hex}`, {
    method: 'OPTIONS',
    headers: { origin: 'https://example.org', 'access-control-request-method': 'PUT' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
});

it('says how it is', async () => {
  const { url } = await start();
  const health = await fetch(`${url}/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true, maxBytes: LIMIT, uploads: 'open' });
});

it('is unwell when its directory is gone', async () => {
  const { dir, url } = await start();
  await rm(dir, { recursive: true });
  const health = await fetch(`${url}/health`);
  expect(health.status).toBe(503);
  expect((await health.json()).reason).toMatch(/cannot be written/);
});

it('refuses rubbish paths with 400 and other methods with 405', async () => {
  const { url, port } = await start();
  const paths = ['/', '/blobs', '/blobs/', '/blobs/xyz', `/blobs/${hex.toUpperCase()}`, `/blobs/${hex}/`];
  for (const path of [
    ...paths,
    `/blobs/${hex}0`,
    `/blobs/${hex}?a`,
    '/blobs/..%2f..%2fetc%2fpasswd',
    '/healthy',
  ]) {
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, 400]);
    expect(await response.json()).toHaveProperty('error');
  }
  const raw = request({ port, path: '/blobs/../../../etc/passwd' }).end();
  const [answer] = await once(raw, 'response');
  expect(answer.statusCode).toBe(400);
  answer.resume();

  expect((await fetch(`${url}/blobs/${hex}`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${url}/health`, { method: 'POST', body: 'x' })).status).toBe(405);
});

it('keeps nothing of a body with another hash', async () => {
  const { dir, url } = await start();
  const response = await fetch(`${url}/blobs/${hex}`, { method: 'PUT', body: 'not those bytes' });
  expect(response.status).toBe(400);
  expect(await readdir(dir)).toEqual(['claims', 'jobs', 'tmp', 'uploads']);
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});

it('answers 413 to a body over the limit, announced or not', async () => {
  const { dir, url } = await start();
  const large = randomBytes(LIMIT + 1);
  const target = `${url}/blobs/${hashToHex(hashBlob(large))}`;
  expect((await fetch(target, { method: 'PUT', body: large })).status).toBe(413);
  const stream = new Blob([large]).stream();
  const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body: stream, duplex: 'half' };
  expect((await fetch(target, init)).status).toBe(413);
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});

it('forgets an upload that the sender breaks off', async () => {
  const { dir, url, port } = await start();
  const socket = connect(port, '127.0.0.1');
  socket.write(`PUT /blobs/${hex} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes.length}\r\n\r\n`);
  socket.write(bytes.subarray(0, 10_000));
  await expect.poll(() => readdir(join(dir, 'tmp'))).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => readdir(join(dir, 'tmp'))).toEqual([]);
  expect((await fetch(`${url}/blobs/${hex}`)).status).toBe(404);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

it('answers 507 when the disk takes no more, and goes on serving', async () => {
  const dir = await tempDir();
  const script = `
    import { createBlobServer } from ${JSON.stringify(BUILT)};
    console.log((await createBlobServer({ dir: ${JSON.stringify(dir)}, port: 0 })).url);`;
  const limited = 'ulimit -f 64; exec "$0" --input-type=module -e "$1"';
  const child = spawn('sh', ['-c', limited, process.execPath, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const store = createHttpBlobStore({ locators: [String(line).trim()], attempts: 1 });

  await expect(store.put(randomBytes(1 << 20))).rejects.toSatisfy(
    (error) => error instanceof BlobStoreFullError && error.retryable,
  );
  const small = randomBytes(1_000);
  expect(await store.get(await store.put(small))).toEqual(new Uint8Array(small));
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});
