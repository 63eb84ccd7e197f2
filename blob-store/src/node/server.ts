import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_BLOB_BYTES } from '../port.js';
import { BlobFiles } from './blob-files.js';
import { DEFAULT_BLOB_PORT } from './config.js';
import { handleBlobRequest } from './handler.js';

export interface BlobServerOptions {
  /** Directory of the blobs; made when it does not exist. */
  readonly dir: string;
  /** Address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  /** TCP port; 4001 when absent, any free one for 0. */
  readonly port?: number;
  /** The most bytes of a blob; 64 MiB when absent. */
  readonly maxBytes?: number;
}

/** A running blob server. */
export interface BlobServer {
  /** Its locator, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets running requests end for up to `graceMs` (2,000), then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves a directory of blobs over HTTP to anyone: `PUT`, `GET` and `HEAD /blobs/<hash>`, `GET /health`, CORS open.
 * Resolves once it listens; rejects with the system's error when it cannot (port taken, directory not writable).
 */
export async function createBlobServer(options: BlobServerOptions): Promise<BlobServer> {
  const { dir, host = '127.0.0.1', port = DEFAULT_BLOB_PORT, maxBytes = MAX_BLOB_BYTES } = options;
  const files = new BlobFiles(dir, maxBytes);
  await files.sweep();
  const server = createServer((request, response) => void handleBlobRequest(files, request, response));
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${bound}`, port: bound, close: (graceMs = 2_000) => close(server, graceMs) };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(cut);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
