import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BlobStoreFullError } from '../errors.js';
import { createHttpBlobStore } from '../http/client.js';
import { RESUMABLE_BYTES } from '../http/upload.js';
import { startServer, tempDir } from '../testing/resources.js';

const MIB = 1024 * 1024;

/** A file system of its own, of a few MiB; undefined where this process may mount none. */
async function smallDisk(mib: number): Promise<string | undefined> {
  const dir = await tempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  return dir;
}

for (const minFreeBytes of [MIB, 0]) {
  const reserve = minFreeBytes > 0 ? 'with a reserve' : 'to the last byte';
  it(`says so, keeps what it has, and recovers by itself when a disk is full ${reserve}`, async (context) => {
    const dir = await smallDisk(8);
    if (dir === undefined) return context.skip('needs the right to mount a tmpfs');
    const { url } = await startServer(dir, 4 * MIB, { minFreeBytes });
    const store = createHttpBlobStore({ locators: [url], attempts: 1 });
    const kept = await store.put(randomBytes(MIB));
    // Somebody else fills the disk up to a few pages.
    const filler = join(dir, 'filler');
    await writeFile(filler, Buffer.alloc(6 * MIB + (minFreeBytes > 0 ? 100_000 : MIB - 40_000)));

    for (const size of [RESUMABLE_BYTES, RESUMABLE_BYTES - 1]) {
      await expect(store.put(randomBytes(size))).rejects.toSatisfy(
        (error) => error instanceof BlobStoreFullError && error.retryable && error.where === url,
      );
    }
    if (minFreeBytes > 0) {
      const health = await fetch(`${url}/health`);
      expect(health.status).toBe(503);
      expect(await health.json()).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/^the disk is full: \d+ bytes are free, 1048576 are to stay free$/),
      });
    }
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
    expect(await store.get(kept)).toHaveLength(MIB);
    expect(await store.put(await store.get(kept))).toEqual(kept);
    const other = await startServer(await tempDir(), 4 * MIB);
    const both = createHttpBlobStore({ locators: [url, other.url] });
    const elsewhere = await both.put(randomBytes(RESUMABLE_BYTES));
    expect(await both.get(elsewhere)).toHaveLength(RESUMABLE_BYTES);

    await rm(filler);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const later = await store.put(randomBytes(2 * MIB));
    expect(await store.get(later)).toHaveLength(2 * MIB);
    expect(await readdir(join(dir, 'uploads'))).toEqual([]);
  });
}
