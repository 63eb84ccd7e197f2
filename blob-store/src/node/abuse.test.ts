import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { hashBlob, hashToHex } from '../hash.js';
import { issuePermit } from '../permit/issue.js';
import { testAuthority, testSigner } from '../testing/authority.js';
import { crowd } from '../testing/crowd.js';
import { startServer, tempDir } from '../testing/resources.js';

const LIMIT = 1_000_000;
const bytes = randomBytes(10_000);
const hex = hashToHex(hashBlob(bytes));

async function start(patienceMs = 500) {
  const dir = await tempDir();
  const { url, port } = await startServer(dir, LIMIT, { patienceMs });
  return { dir, url, port };
}

/** A bare connection; `answer` is all that came before it was closed. */
function raw(port: number, text: string): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  return { socket, answer: once(socket, 'close').then(() => answer) };
}

it('cuts off whoever sends headers or a body drop by drop, and serves others meanwhile', async () => {
  const { dir, url, port } = await start();
  const head = `PUT /blobs/${hex} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes.length}\r\n`;
  const slow = Array.from({ length: 50 }, (_, i) => raw(port, i % 2 ? head : `${head}\r\n`));
  const dripping = slow.map(async ({ socket }) => {
    for (let drops = 0; !socket.destroyed && drops < 100; drops += 1) {
      socket.write('x');
      await sleep(100);
    }
  });
  expect((await fetch(`${url}/blobs/${hex}`, { method: 'PUT', body: bytes })).status).toBe(201);
  await Promise.all(slow.map(({ answer }) => answer));
  await Promise.all(dripping);
  await expect.poll(() => readdir(join(dir, 'tmp'))).toEqual([]);
});

it('refuses huge headers and rubbish in place of HTTP', async () => {
  const { url, port } = await start();
  const huge = raw(port, `GET /health HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`);
  expect(await huge.answer).toMatch(/^HTTP\/1.1 431 /);
  expect(await raw(port, '\u0000\u0001 rubbish\r\n\r\n').answer).toMatch(/^HTTP\/1.1 400 /);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

it('is not misled by a wrong content-length', async () => {
  const { dir, url, port } = await start();
  const put = (length: string) =>
    raw(port, `PUT /blobs/${hex} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${'x'.repeat(100)}`);
  for (const length of ['-1', '1e3', '0x10', '99, 100']) expect(await put(length).answer).toMatch(/ 400 /);
  expect(await put('50').answer).toMatch(/^HTTP\/1.1 400 /);
  expect(await put(String(LIMIT + 1)).answer).toMatch(/^HTTP\/1.1 413 /);
  const short = put('1000');
  await sleep(50);
  short.socket.end();
  await short.answer;
  await expect.poll(() => readdir(join(dir, 'tmp'))).toEqual([]);
  expect((await fetch(`${url}/blobs/${hex}`, { method: 'HEAD' })).status).toBe(404);
});

it('stays within its directory whatever the path', async () => {
  const { dir, port } = await start();
  for (const path of [
    `/uploads/../../${hex}`,
    `/uploads/${hex}/..`,
    `/blobs/%2e%2e/${hex}`,
    `//blobs/${hex}`,
    `/blobs/${hex}%00`,
    `/claims/${hex.slice(0, 2)}/${hex}.anyone`,
    '/jobs/height',
  ]) {
    for (const method of ['GET', 'PUT', 'POST', 'PATCH']) {
      const request = `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
      expect(await raw(port, request).answer, `${method} ${path}`).toMatch(/^HTTP\/1.1 400 /);
    }
  }
  expect((await readdir(dir)).sort()).toEqual(['claims', 'jobs', 'tmp', 'uploads']);
});

it('takes a permit again only for the same blob, and a stranger cannot name a file with it', async () => {
  const dir = await tempDir();
  const { url } = await startServer(dir, LIMIT, { authority: testAuthority(20_000) });
  const authorization = await issuePermit(testSigner('alice'), url, hex, bytes.length);
  const put = (body: Buffer, name = hex, header = authorization) =>
    fetch(`${url}/blobs/${name}`, {
      method: 'PUT',
      body: new Uint8Array(body),
      headers: { authorization: header },
    });
  expect((await put(bytes)).status).toBe(201);
  for (let replay = 0; replay < 5; replay += 1) expect((await put(bytes)).status).toBe(200);
  const other = randomBytes(10_000);
  expect((await put(other)).status).toBe(400);
  expect((await put(other, hashToHex(hashBlob(other)))).status).toBe(401);
  // The replays did not use the quota up.
  const fresh = await issuePermit(testSigner('alice'), url, hashToHex(hashBlob(other)), other.length);
  expect((await put(other, hashToHex(hashBlob(other)), fresh)).status).toBe(201);
  const path = JSON.parse(atob(authorization.split(' ')[1] ?? ''));
  const tricky = `DMCN-Upload ${btoa(JSON.stringify({ ...path, account: '../../x' }))}`;
  expect((await put(bytes, hex, tricky)).status).toBe(401);
});

it('takes many uploads at once', () => crowd(400));
