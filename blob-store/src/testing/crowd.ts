import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hashToHex } from '../hash.js';
import { createHttpBlobStore } from '../http/client.js';
import { startServer, tempDir } from './resources.js';

/** Many uploads at once to one server: each arrives, and nothing else is left. */
export async function crowd(uploads: number): Promise<void> {
  const dir = await tempDir();
  const { url } = await startServer(dir, 10_000);
  const store = createHttpBlobStore({ locators: [url], timeoutMs: 600_000 });
  const hashes = await Promise.all(Array.from({ length: uploads }, () => store.put(randomBytes(1_000))));
  const shards = (await readdir(dir)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const names = (await Promise.all(shards.map((shard) => readdir(join(dir, shard))))).flat();
  expect(names.sort()).toEqual(hashes.map(hashToHex).sort());
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
}
