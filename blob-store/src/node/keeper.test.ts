import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BlobStoreFullError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { tempDir } from '../testing/resources.js';
import { BlobKeeper } from './keeper.js';

const HOUR = 3_600_000;
const policy = { ttlMs: HOUR, marginBlocks: 10, freshMs: 60_000 };
const authority = { verify: async () => true, allowance: async () => 1 };
const open = (dir: string) =>
  BlobKeeper.open({ dir, maxBytes: 10_000, minFreeBytes: 0, patienceMs: 1_000, authority, policy });

/** Puts a blob that was last uploaded `hours` ago, and returns its hash. */
async function old(keeper: BlobKeeper, account = 'alice', bytes: Uint8Array = randomBytes(100), hours = 2) {
  const hash = hashToHex(hashBlob(bytes));
  const chunks = async function* () {
    yield bytes;
  };
  await keeper.put(keeper.accounts.reserve({ hash, account }, bytes.length), bytes.length, chunks());
  const claim = join(keeper.options.dir, 'claims', hash.slice(0, 2), `${hash}.${account}`);
  const at = Date.now() / 1_000 - hours * 3_600;
  await utimes(claim, at, at);
  return hash;
}

async function blobsIn(dir: string): Promise<string[]> {
  const shards = (await readdir(dir)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  return (await Promise.all(shards.map((shard) => readdir(join(dir, shard))))).flat().sort();
}

it('knows after a kill who uploaded what and when, what jobs hold, and up to which block', async () => {
  const dir = await tempDir();
  const before = await open(dir);
  const [held, loose, input] = [await old(before), await old(before), await old(before)];
  const young = await old(before, 'bob', randomBytes(50), 0);
  const index = await old(before, 'alice', Buffer.from(input, 'hex'));
  await before.hold('7', { account: 'alice', indexes: [index], blobs: [held] });
  await before.advance(40, new Date());

  const after = await open(dir);
  expect(after.height).toBe(40);
  expect(after.retention.bytesOf('alice')).toBe(332);
  expect(after.retention.bytesOf('bob')).toBe(50);
  expect(await after.sweep()).toBe(0);
  await after.advance(41, new Date());
  expect(await after.sweep()).toBe(1);
  expect(await blobsIn(dir)).toEqual([held, input, index, young].sort());
  expect(await blobsIn(dir)).not.toContain(loose);
  await after.release('7', 42);
  await after.advance(51, new Date());
  expect(await after.sweep()).toBe(0);

  const last = await open(dir);
  await last.advance(52, new Date());
  expect(await last.sweep()).toBe(3);
  expect(await blobsIn(dir)).toEqual([young]);
  expect(await readdir(join(dir, 'jobs'))).toEqual(['height']);
});

it('drops nothing while the chain is not followed, or its newest block is old', async () => {
  const keeper = await open(await tempDir());
  await old(keeper);
  const again = await open(keeper.options.dir);
  expect(await again.sweep()).toBe(0);
  await again.advance(5, new Date(Date.now() - HOUR));
  expect(await again.sweep()).toBe(0);
  await again.advance(6, new Date());
  expect(await again.sweep()).toBe(1);
});

it('keeps all of an account whose job has an index that is not here, until it comes', async () => {
  const dir = await tempDir();
  const first = await open(dir);
  const [input, loose] = [await old(first), await old(first)];
  const others = await old(first, 'bob');
  const index = Buffer.from(input, 'hex');
  const keeper = await open(dir);
  await keeper.hold('1', { account: 'alice', indexes: [hashToHex(hashBlob(index))] });
  await keeper.advance(1, new Date());
  expect(await keeper.sweep()).toBe(1);
  expect(await blobsIn(dir)).not.toContain(others);
  const indexHash = await old(keeper, 'carol', index);
  expect(await keeper.sweep()).toBe(1);
  expect(await blobsIn(dir)).toEqual([input, indexHash].sort());
  expect(await blobsIn(dir)).not.toContain(loose);
});

it('keeps a blob that is uploaded again', async () => {
  const dir = await tempDir();
  const bytes = randomBytes(100);
  await old(await open(dir), 'alice', bytes);
  const keeper = await open(dir);
  const hash = hashToHex(hashBlob(bytes));
  expect(await keeper.beginUpload(keeper.accounts.reserve({ hash, account: 'bob' }, 100))).toBe(100);
  await keeper.advance(1, new Date());
  await keeper.sweep();
  expect(await blobsIn(dir)).toEqual([hash]);
  expect((await open(dir)).retention.bytesOf('bob')).toBe(100);
});

it('passes over a line that a crash cut short, and what belongs to nothing', async () => {
  const dir = await tempDir();
  const before = await open(dir);
  const held = await old(before);
  await before.hold('1', { blobs: [held] });
  await appendFile(join(dir, 'jobs', '1'), '\nfinal 3');
  await before.hold('1', { blobs: [held] });
  await writeFile(join(dir, 'jobs', 'not a job!'), 'x');
  await writeFile(join(dir, 'claims', 'ff'.slice(0, 2), 'rubbish'), 'x').catch(() => undefined);
  const gone = await old(before, 'bob');
  await rm(join(dir, gone.slice(0, 2), gone));

  const after = await open(dir);
  expect(after.retention.bytesOf('bob')).toBe(0);
  await after.advance(1_000, new Date());
  expect(await after.sweep()).toBe(0);
  expect(await blobsIn(dir)).toEqual([held]);
  expect(await readFile(join(dir, 'jobs', '1'), 'utf8')).toContain('final 3');
});

it('adopts blobs that an older version left, and lets them go when they are old', async () => {
  const dir = await tempDir();
  const before = await open(dir);
  const hash = await old(before);
  await rm(join(dir, 'claims'), { recursive: true });
  const blob = join(dir, hash.slice(0, 2), hash);
  const keeper = await open(dir);
  await keeper.advance(1, new Date());
  expect(await keeper.sweep()).toBe(0);
  const long = Date.now() / 1_000 - 7_200;
  await utimes(blob, long, long);
  const later = await open(dir);
  await later.advance(1, new Date());
  expect(await later.sweep()).toBe(1);
});

it('takes nothing that would leave less free than it is told to', async () => {
  const dir = await tempDir();
  const options = { dir, maxBytes: 10_000, patienceMs: 1_000, authority, policy };
  const keeper = await BlobKeeper.open({ ...options, minFreeBytes: Number.MAX_SAFE_INTEGER });
  await expect(old(keeper)).rejects.toBeInstanceOf(BlobStoreFullError);
  expect(await keeper.health()).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/the disk is full/),
  });
});
