import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type BlobServer, type BlobServerOptions, createBlobServer } from '../node/server.js';

/** A directory that goes when the test ends. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'dmcn-blobs-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A blob server on a free port that stops when the test ends. */
export async function startServer(
  dir: string,
  maxBytes: number,
  options: Partial<BlobServerOptions> = {},
): Promise<BlobServer> {
  const server = await createBlobServer({ dir, port: 0, maxBytes, ...options });
  onTestFinished(() => server.close(0));
  return server;
}

/** A blob server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** Ends it with -9. */
  kill(): Promise<void>;
}

export interface ServerProcessOptions {
  readonly port?: number;
  readonly urls?: readonly string[];
  /** Bytes that each account may keep. */
  readonly allowance?: number;
}

const NODE = fileURLToPath(new URL('../../dist/node/index.js', import.meta.url));
const AUTHORITY = fileURLToPath(new URL('../../dist/testing/authority.js', import.meta.url));

/** Starts a server that takes what `testSigner` signed, up to `allowance` bytes for each account. */
export async function startServerProcess(
  dir: string,
  { allowance = 2 ** 40, ...where }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const script = `
    import { createBlobServer } from ${JSON.stringify(NODE)};
    import { testAuthority } from ${JSON.stringify(AUTHORITY)};
    const authority = testAuthority(${allowance});
    console.log((await createBlobServer({ authority, ...${JSON.stringify({ dir, port: 0, ...where })} })).port);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const [line] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${Number(line)}`, port: Number(line), kill };
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

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
