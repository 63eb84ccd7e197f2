import { randomBytes } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashBlob, hashToHex } from '../hash.js';
import { createHttpBlobStore } from '../http/client.js';
import { issuePermit } from '../permit/issue.js';
import { testAuthority, testSigner } from '../testing/authority.js';
import { pathIn } from '../testing/conformance.js';
import { startProxy } from '../testing/proxy.js';
import { startServer, tempDir } from '../testing/resources.js';
import { surviveKills } from '../testing/survive-kills.js';
import { BlobKeeper } from './keeper.js';

const MIB = 1024 * 1024;

it('goes on with an upload whose connection breaks again and again, without sending anything twice', async () => {
  const dir = await tempDir();
  const { port } = await startServer(dir, 8 * MIB);
  const { url, sent } = await startProxy(port, { cutAfter: { up: MIB / 2 } });
  const bytes = randomBytes(4 * MIB);
  const hash = await createHttpBlobStore({ locators: [url], retryDelayMs: 5 }).put(bytes);
  expect(hashToHex(hash)).toBe(hashToHex(hashBlob(bytes)));
  expect(Buffer.compare(await readFile(pathIn(dir, hash)), bytes)).toBe(0);
  expect(sent.connections).toBeGreaterThan(5);
  // What is under way when a connection breaks may be lost and is sent again.
  expect(sent.up).toBeLessThan(2 * bytes.length);
  expect(await readdir(join(dir, 'uploads'))).toEqual([]);
});

it('goes on with a download whose connection breaks again and again', async () => {
  const dir = await tempDir();
  const { url, port } = await startServer(dir, 8 * MIB);
  const bytes = randomBytes(4 * MIB);
  const hash = await createHttpBlobStore({ locators: [url] }).put(bytes);
  const proxy = await startProxy(port, { cutAfter: { down: MIB / 2 } });
  const got = await createHttpBlobStore({ locators: [proxy.url], retryDelayMs: 5 }).get(hash);
  expect(Buffer.compare(got, bytes)).toBe(0);
  expect(proxy.sent.connections).toBeGreaterThan(5);
  expect(proxy.sent.down).toBeLessThan(1.5 * bytes.length);
});

it('goes on where it was after the server was killed with -9 in the middle and started again', () =>
  surviveKills({ size: 6 * MIB, kills: 2, perSecond: 3 * MIB }));

it('lets another process of the same account go on, and no other account', async () => {
  const dir = await tempDir();
  const { url } = await startServer(dir, MIB, { authority: testAuthority(10 * MIB) });
  const bytes = randomBytes(600_000);
  const hex = hashToHex(hashBlob(bytes));
  const call = async (
    method: string,
    account: string,
    headers: Record<string, string> = {},
    body?: Buffer,
  ) => {
    const authorization = await issuePermit(testSigner(account), url, hex, bytes.length);
    return fetch(`${url}/uploads/${hex}`, {
      method,
      headers: { authorization, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
  };
  const patch = (account: string, offset: number, end: number) =>
    call(
      'PATCH',
      account,
      {
        'content-type': 'application/partial-upload',
        'upload-offset': String(offset),
        'upload-complete': end === bytes.length ? '?1' : '?0',
      },
      bytes.subarray(offset, end),
    );
  const told = ({ status, headers }: Response) => [
    status,
    headers.get('upload-offset'),
    headers.get('upload-complete'),
  ];

  expect((await call('HEAD', 'alice')).status).toBe(404);
  expect((await patch('alice', 0, 10)).status).toBe(404);
  expect(told(await call('POST', 'alice'))).toEqual([201, '0', '?0']);
  expect(told(await patch('alice', 0, 250_000))).toEqual([204, '250000', '?0']);
  expect(told(await call('HEAD', 'alice'))).toEqual([204, '250000', '?0']);
  expect(told(await call('POST', 'alice'))).toEqual([200, '250000', '?0']);
  expect((await call('HEAD', 'bob')).status).toBe(404);

  const mismatch = await patch('alice', 100_000, 200_000);
  expect([mismatch.status, mismatch.headers.get('upload-offset')]).toEqual([409, '250000']);
  expect(await mismatch.json()).toMatchObject({ 'expected-offset': 250_000, 'provided-offset': 100_000 });
  expect((await call('PATCH', 'alice', { 'upload-offset': '250000' })).status).toBe(415);

  expect(told(await patch('alice', 250_000, bytes.length))).toEqual([201, '600000', '?1']);
  expect(told(await call('POST', 'alice'))).toEqual([200, '600000', '?1']);
  expect(told(await call('POST', 'bob'))).toEqual([200, '600000', '?1']);
  expect(Buffer.compare(Buffer.from(await (await fetch(`${url}/blobs/${hex}`)).arrayBuffer()), bytes)).toBe(
    0,
  );
});

it('begins again where what came before was spoiled', async () => {
  const dir = await tempDir();
  const { url } = await startServer(dir, 8 * MIB);
  const bytes = randomBytes(2 * MIB);
  const partial = join(dir, 'uploads', `${hashToHex(hashBlob(bytes))}.anyone`);
  await writeFile(partial, randomBytes(MIB));
  const hash = await createHttpBlobStore({ locators: [url], retryDelayMs: 5 }).put(bytes);
  expect(Buffer.compare(await readFile(pathIn(dir, hash)), bytes)).toBe(0);
});

it('forgets an upload that nobody goes on with for an hour', async () => {
  const dir = await tempDir();
  const options = { dir, maxBytes: MIB, minFreeBytes: 0, patienceMs: 1_000 };
  const keeper = await BlobKeeper.open({ ...options, authority: undefined, policy: undefined });
  const [old, young] = ['11', '22'].map((digits) => join(dir, 'uploads', `${digits.repeat(32)}.anyone`));
  for (const path of [old, young]) await writeFile(path ?? '', 'x');
  const hoursAgo = Date.now() / 1_000 - 7_200;
  await utimes(old ?? '', hoursAgo, hoursAgo);
  await keeper.sweep();
  expect(await readdir(join(dir, 'uploads'))).toEqual([`${'22'.repeat(32)}.anyone`]);
});

it('serves ranges', async () => {
  const { url } = await startServer(await tempDir(), MIB);
  const bytes = randomBytes(1_000);
  const hex = hashToHex(await createHttpBlobStore({ locators: [url] }).put(bytes));
  const ask = async (range: string) => {
    const response = await fetch(`${url}/blobs/${hex}`, { headers: { range } });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, range: response.headers.get('content-range'), body };
  };
  for (const [range, first, last] of [
    ['bytes=0-', 0, 999],
    ['bytes=400-', 400, 999],
    ['bytes=400-499', 400, 499],
    ['bytes=999-5000', 999, 999],
    ['bytes=-10', 990, 999],
  ] as const) {
    const body = bytes.subarray(first, last + 1);
    expect(await ask(range)).toEqual({ status: 206, range: `bytes ${first}-${last}/1000`, body });
  }
  expect(await ask('bytes=1000-')).toMatchObject({ status: 416, range: 'bytes */1000' });
  for (const whole of ['bytes=5-4', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=a-']) {
    expect(await ask(whole)).toEqual({ status: 200, range: null, body: bytes });
  }
});
