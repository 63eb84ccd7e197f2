import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UploadRefusedError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { createHttpBlobStore } from '../http/client.js';
import { RESUMABLE_BYTES } from '../http/upload.js';
import { testAuthority, testSigner } from '../testing/authority.js';
import { startServer, startServerProcess, tempDir } from '../testing/resources.js';

const LIMIT = 4 * 1024 * 1024;
const storeOf = (account: string, ...locators: string[]) =>
  createHttpBlobStore({ locators, signer: testSigner(account), attempts: 1 });
const refusedFor = (reason: string) => (error: unknown) =>
  error instanceof UploadRefusedError && error.reason === reason && !error.retryable;

it('takes signed uploads only, and lets anybody read', async () => {
  const { url } = await startServer(await tempDir(), LIMIT, { authority: testAuthority(LIMIT) });
  const unsigned = createHttpBlobStore({ locators: [url], attempts: 1 });
  for (const size of [1_000, RESUMABLE_BYTES]) {
    const bytes = randomBytes(size);
    await expect(unsigned.put(bytes)).rejects.toSatisfy(refusedFor('unsigned'));
    await expect(storeOf('nobody', url).put(bytes)).rejects.toSatisfy(refusedFor('account'));
    const hash = await storeOf('alice', url).put(bytes);
    expect(Buffer.compare(await unsigned.get(hash), bytes)).toBe(0);
  }
  const hex = hashToHex(hashBlob(Uint8Array.of(1)));
  const bare = await fetch(`${url}/blobs/${hex}`, { method: 'PUT', body: Uint8Array.of(1) });
  expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'DMCN-Upload']);
  expect(await bare.json()).toEqual({
    reason: 'unsigned',
    error: expect.stringMatching(/signed by an account/),
  });
});

it('holds an account to its quota, whole and resumable uploads alike, and another account to its own', async () => {
  const { url } = await startServer(await tempDir(), LIMIT, { authority: testAuthority(1_000_000) });
  const alice = storeOf('alice', url);
  const [large, small] = [randomBytes(600_000), randomBytes(200_000)];
  await alice.put(large);
  await alice.put(small);
  await expect(alice.put(randomBytes(200_001))).rejects.toSatisfy(refusedFor('quota'));
  await expect(alice.put(randomBytes(400_000))).rejects.toThrow(/has 800000 of 1000000 bytes here/);
  // What is here already is not counted again for the same account, but counts for everybody who uploads it.
  await alice.put(large);
  await alice.put(small);
  await alice.put(randomBytes(200_000));
  const bob = storeOf('bob', url);
  await bob.put(large);
  await expect(bob.put(randomBytes(400_001))).rejects.toSatisfy(refusedFor('quota'));
});

it('does not let many uploads at once past the quota', async () => {
  const { url } = await startServer(await tempDir(), LIMIT, { authority: testAuthority(1_000_000) });
  const alice = storeOf('alice', url);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, () => alice.put(randomBytes(100_000))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});

it('leaves a refused blob to the next locator, and tells who has no copy', async () => {
  const strict = await startServer(await tempDir(), LIMIT, { authority: testAuthority(10) });
  const generous = await startServer(await tempDir(), LIMIT, { authority: testAuthority(LIMIT) });
  const failed: string[] = [];
  const store = createHttpBlobStore({
    locators: [strict.url, generous.url],
    signer: testSigner('alice'),
    onCopyFailed: (locator) => failed.push(locator),
  });
  const hash = await store.put(randomBytes(1_000));
  expect(failed).toEqual([strict.url]);
  expect(await storeOf('alice', generous.url).has(hash)).toBe(true);
});

it('knows after a kill -9 in the middle of uploads what each account has', async () => {
  const dir = await tempDir();
  const allowance = 8_000_000;
  let port = 0;
  for (let round = 0; round < 4; round += 1) {
    const server = await startServerProcess(dir, { port, allowance });
    port = server.port;
    const alice = storeOf('alice', server.url);
    const putting = Array.from({ length: 8 }, (_, i) => alice.put(randomBytes(50_000 + 100_000 * (i % 4))));
    putting.forEach((each) => void each.catch(() => undefined));
    await putting[0];
    await server.kill();
  }
  const held = await bytesIn(dir);
  const { url } = await startServerProcess(dir, { port, allowance });
  const alice = storeOf('alice', url);
  const left = allowance - held;
  await expect(alice.put(randomBytes(left + 1))).rejects.toSatisfy(refusedFor('quota'));
  await alice.put(randomBytes(Math.min(left, 200_000)));
});

/** Bytes of all blobs and unfinished uploads in a store's directory, all of them one account's. */
async function bytesIn(dir: string): Promise<number> {
  let bytes = 0;
  for (const shard of (await readdir(dir)).filter((name) => /^[0-9a-f]{2}$|^uploads$/.test(name))) {
    for (const name of await readdir(join(dir, shard))) {
      bytes += (await stat(join(dir, shard, name))).size;
    }
  }
  return bytes;
}
