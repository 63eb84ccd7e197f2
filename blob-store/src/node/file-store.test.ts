import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hashBlob } from '../hash.js';
import { describeBlobStore, TEST_LIMIT } from '../testing/conformance.js';
import { tempDir } from '../testing/resources.js';
import { BlobFiles } from './blob-files.js';
import { createFileBlobStore } from './file-store.js';

const BUILT = fileURLToPath(new URL('../../dist/node/index.js', import.meta.url));

describeBlobStore('the file driver', async () => {
  const dir = await tempDir();
  return { store: createFileBlobStore({ dir, maxBytes: TEST_LIMIT }), dir };
});

/** A process that puts one random 4 MiB blob after another and says so after the first. */
function startWriter(dir: string): ChildProcess {
  const script = `
    import { randomBytes } from 'node:crypto';
    import { createFileBlobStore } from ${JSON.stringify(BUILT)};
    const store = createFileBlobStore({ dir: ${JSON.stringify(dir)} });
    for (;;) { await store.put(randomBytes(4 << 20)); process.stdout.write('.'); }`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

it('has no bad blob after being killed in the middle of writes', async () => {
  const dir = await tempDir();
  for (let round = 0; round < 4; round++) {
    const writer = startWriter(dir);
    if (writer.stdout) await once(writer.stdout, 'data');
    await sleep(7 * round);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }
  const shards = (await readdir(dir)).filter((name) => name !== 'tmp');
  let blobs = 0;
  for (const shard of shards) {
    for (const name of await readdir(join(dir, shard))) {
      const bytes = await readFile(join(dir, shard, name));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
      blobs++;
    }
  }
  expect(blobs).toBeGreaterThanOrEqual(4);
});

it('gives a blob its name only when all of it is written', async () => {
  const dir = await tempDir();
  const files = new BlobFiles(dir, TEST_LIMIT);
  const bytes = Buffer.from('in two parts');
  const hash = Buffer.from(hashBlob(bytes)).toString('hex');
  await files.write(
    hash,
    (async function* () {
      yield bytes.subarray(0, 5);
      expect(await files.sizeOf(hash)).toBeUndefined();
      yield bytes.subarray(5);
    })(),
  );
  expect(await files.sizeOf(hash)).toBe(bytes.length);
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});

it('removes the leftovers of crashed writers, not those of running ones', async () => {
  const dir = await tempDir();
  const files = new BlobFiles(dir, TEST_LIMIT);
  await files.sweep();
  await writeFile(join(dir, 'tmp', 'old'), '');
  await writeFile(join(dir, 'tmp', 'new'), '');
  const hoursAgo = Date.now() / 1000 - 7_200;
  await utimes(join(dir, 'tmp', 'old'), hoursAgo, hoursAgo);
  await files.sweep();
  expect(await readdir(join(dir, 'tmp'))).toEqual(['new']);
});
