import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BlobServer, createBlobServer } from '../node/server.js';

/** A directory that goes when the test ends. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'dmcn-blobs-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A blob server on a free port that stops when the test ends. */
export async function startServer(dir: string, maxBytes: number): Promise<BlobServer> {
  const server = await createBlobServer({ dir, port: 0, maxBytes });
  onTestFinished(() => server.close(0));
  return server;
}

/** Any HTTP server on a free port; gives its address. */
export async function startHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
