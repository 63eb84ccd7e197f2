import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import {
  BlobCorruptError,
  BlobMissingError,
  BlobRefusedError,
  BlobTooLargeError,
  BlobUnreachableError,
} from '../errors.js';
import { hashBlob } from '../hash.js';
import { describeBlobStore, pathIn, TEST_LIMIT } from '../testing/conformance.js';
import { startHttp, startServer, tempDir } from '../testing/resources.js';
import { createHttpBlobStore, type HttpBlobStoreOptions } from './client.js';
import { RestingLocators } from './resting.js';

/** Nothing listens on the discard port. */
const DEAD = 'http://127.0.0.1:9';
const bytes = randomBytes(3_000);
const hash = hashBlob(bytes);

function storeAt(locators: string[], options: Partial<HttpBlobStoreOptions> = {}) {
  return createHttpBlobStore({
    locators,
    maxBytes: TEST_LIMIT,
    timeoutMs: 1_000,
    retryDelayMs: 5,
    ...options,
  });
}

describeBlobStore('the HTTP driver', async () => {
  const dir = await tempDir();
  const { url } = await startServer(dir, TEST_LIMIT);
  return { store: storeAt([`${url}/`]), dir };
});

it('refuses locators that are none', () => {
  expect(() => storeAt([])).toThrow(TypeError);
  for (const locator of ['', 'host:4001', 'ftp://host', '/var/blobs']) {
    expect(() => storeAt([locator])).toThrow(TypeError);
  }
});

it('falls back from a dead, an empty and a damaged store to a good one', async () => {
  const [emptyDir, badDir, goodDir] = [await tempDir(), await tempDir(), await tempDir()];
  const empty = await startServer(emptyDir, TEST_LIMIT);
  const bad = await startServer(badDir, TEST_LIMIT);
  const good = await startServer(goodDir, TEST_LIMIT);
  await storeAt([bad.url]).put(bytes);
  await storeAt([good.url]).put(bytes);
  await writeFile(pathIn(badDir, hash), 'something else');

  expect(await storeAt([DEAD, empty.url, bad.url, good.url]).get(hash)).toEqual(new Uint8Array(bytes));
  expect(await storeAt([DEAD, empty.url, good.url]).has(hash)).toBe(true);
  await storeAt([DEAD, empty.url]).put(bytes);
  expect(await storeAt([empty.url]).has(hash)).toBe(true);
});

it('brings a copy to every locator, and tells which has none', async () => {
  const [one, two] = [
    await startServer(await tempDir(), TEST_LIMIT),
    await startServer(await tempDir(), TEST_LIMIT),
  ];
  const failed: [string, unknown][] = [];
  const store = storeAt([one.url, DEAD, two.url], { onCopyFailed: (...each) => failed.push(each) });
  await store.put(bytes);
  for (const { url } of [one, two]) expect(await storeAt([url]).has(hash)).toBe(true);
  expect(failed).toEqual([[DEAD, expect.any(BlobUnreachableError)]]);
  await one.close(0);
  expect(await store.get(hash)).toEqual(new Uint8Array(bytes));
});

it('asks who was silent last, until it answers again', async () => {
  const good = await startServer(await tempDir(), TEST_LIMIT);
  await storeAt([good.url]).put(bytes);
  let [asked, isSilent] = [0, true];
  const moody = await startHttp((_, response) => {
    asked += 1;
    if (!isSilent) response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  const resting = new RestingLocators();
  const store = () => storeAt([moody, good.url], { timeoutMs: 100, resting });
  for (let reads = 0; reads < 3; reads += 1) await store().get(hash);
  expect(asked).toBe(1);
  expect(resting.order([moody, good.url])).toEqual([good.url, moody]);
  expect(resting.order([moody, good.url], Date.now() + 30_001)).toEqual([moody, good.url]);
  isSilent = false;
  await good.close(0);
  await store().get(hash);
  expect(resting.order([moody, good.url])).toEqual([moody, good.url]);
});

it('reports the failure that leaves most hope', async () => {
  const [emptyDir, badDir] = [await tempDir(), await tempDir()];
  const empty = await startServer(emptyDir, TEST_LIMIT);
  const bad = await startServer(badDir, TEST_LIMIT);
  await storeAt([bad.url]).put(bytes);
  await writeFile(pathIn(badDir, hash), 'something else');

  await expect(storeAt([empty.url, DEAD, bad.url]).get(hash)).rejects.toBeInstanceOf(BlobUnreachableError);
  await expect(storeAt([empty.url, DEAD]).has(hash)).rejects.toBeInstanceOf(BlobUnreachableError);
  await expect(storeAt([empty.url, bad.url]).get(hash)).rejects.toBeInstanceOf(BlobCorruptError);
  await expect(storeAt([empty.url, `${empty.url}/`]).get(hash)).rejects.toBeInstanceOf(BlobMissingError);
  expect(await storeAt([empty.url, `${empty.url}/`]).has(hash)).toBe(false);
});

it('tries again after transient failures, a cut connection among them', async () => {
  let requests = 0;
  const url = await startHttp((_, response) => {
    requests++;
    if (requests === 1) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-length': bytes.length });
    if (requests > 2) return void response.end(bytes);
    response.write(bytes.subarray(0, 1_000), () => response.destroy());
  });
  expect(await storeAt([url]).get(hash)).toEqual(new Uint8Array(bytes));
  expect(requests).toBe(3);
});

it('gives up after its attempts, and is retryable', async () => {
  let requests = 0;
  const url = await startHttp((_, response) => {
    requests++;
    response.writeHead(502).end();
  });
  await expect(storeAt([url], { attempts: 4 }).get(hash)).rejects.toSatisfy(
    (error) => error instanceof BlobUnreachableError && error.retryable && error.where === url,
  );
  expect(requests).toBe(4);
});

it('does not wait for a server that is silent, nor for one that trickles', async () => {
  const silent = await startHttp(() => undefined);
  const trickle = await startHttp((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  });
  for (const url of [silent, trickle]) {
    const started = Date.now();
    const store = storeAt([url], { timeoutMs: 150, attempts: 1 });
    await expect(store.get(hash)).rejects.toBeInstanceOf(BlobUnreachableError);
    expect(Date.now() - started).toBeLessThan(2_000);
  }
});

it('stops reading at the limit, whether the length is announced or not', async () => {
  let sent = 0;
  const endless = await startHttp((_, response) => {
    const chunk = Buffer.alloc(16_384);
    const more = (): void => {
      while (response.writable && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', more);
    more();
  });
  await expect(storeAt([endless]).get(hash)).rejects.toBeInstanceOf(BlobTooLargeError);
  expect(sent).toBeLessThan(50 * TEST_LIMIT);

  const announced = await startHttp((_, response) => {
    response.writeHead(200, { 'content-length': TEST_LIMIT + 1 }).write('x');
  });
  await expect(storeAt([announced]).get(hash)).rejects.toBeInstanceOf(BlobTooLargeError);
});

it('ends at once when the caller aborts in the middle', async () => {
  const silent = await startHttp(() => undefined);
  const controller = new AbortController();
  const reading = storeAt([silent, silent], { timeoutMs: 10_000 }).get(hash, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(reading).rejects.toThrow('enough');
});

it('says when the address is not that of a blob store', async () => {
  const url = await startHttp((_, response) => void response.writeHead(403).end());
  await expect(storeAt([url]).get(hash)).rejects.toSatisfy(
    (error) => error instanceof BlobRefusedError && error.status === 403 && !error.retryable,
  );
});
