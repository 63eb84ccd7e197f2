import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { hashBlob, hashToHex } from '../hash.js';
import { createHttpBlobStore } from '../http/client.js';
import { testSigner } from './authority.js';
import { pathIn } from './conformance.js';
import { startProxy } from './proxy.js';
import { freePort, startServerProcess, tempDir } from './resources.js';

export interface SurviveKills {
  /** Bytes of the blob. */
  readonly size: number;
  readonly kills: number;
  readonly perSecond: number;
}

/** Uploads one blob to a server that is killed with -9 and started again, at equal parts of the way. */
export async function surviveKills({ size, kills, perSecond }: SurviveKills): Promise<void> {
  const dir = await tempDir();
  const bytes = randomBytes(size);
  const hash = hashBlob(bytes);
  const partial = join(dir, 'uploads', `${hashToHex(hash)}.alice`);
  const port = await freePort();
  const { url, sent } = await startProxy(port, { upPerSecond: perSecond });
  const where = { port, urls: [url] };
  let server = await startServerProcess(dir, where);
  const store = createHttpBlobStore({
    locators: [url],
    signer: testSigner('alice'),
    attempts: 12,
    retryDelayMs: 50,
  });
  const putting = store.put(bytes);
  let failure: unknown;
  putting.catch((error: unknown) => {
    failure = error;
  });
  for (let kill = 1; kill <= kills; kill += 1) {
    const goal = (size * kill) / (kills + 1);
    while (failure === undefined && (await sizeOf(partial)) <= goal) await sleep(5);
    expect(failure).toBeUndefined();
    await server.kill();
    const kept = await sizeOf(partial);
    server = await startServerProcess(dir, where);
    expect(await sizeOf(partial)).toBeGreaterThanOrEqual(kept);
  }
  expect(await putting).toEqual(hash);
  expect(Buffer.compare(await readFile(pathIn(dir, hash)), bytes)).toBe(0);
  expect(await readdir(join(dir, 'uploads'))).toEqual([]);
  expect(sent.up).toBeLessThan(1.9 * size);
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
