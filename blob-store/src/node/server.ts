import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MIN_BYTES_PER_SECOND } from '../http/deadline.js';
import type { UploadAuthority } from '../permit/permit.js';
import { MAX_BLOB_BYTES } from '../port.js';
import type { RetentionFeed } from '../retention/feed.js';
import type { RetentionPolicy } from '../retention/retention.js';
import { handleBlobRequest } from './handler.js';
import { BlobKeeper } from './keeper.js';
import { originsOf, urlOf } from './origins.js';

/** The port a blob server listens on unless told otherwise. */
const DEFAULT_PORT = 4001;
/** Free bytes below which a server takes nothing, unless told otherwise: 256 MiB. */
const DEFAULT_MIN_FREE_BYTES = 256 * 1024 * 1024;

const SECOND = 1_000;
const CONNECTIONS = 16_384;

export interface BlobServerOptions {
  /** Directory of the blobs; made when it does not exist. One server has it. */
  readonly dir: string;
  /** Address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  /** TCP port; 4001 when absent, any free one for 0. */
  readonly port?: number;
  /** The most bytes of a blob; 64 MiB when absent. */
  readonly maxBytes?: number;
  /** Free bytes of the disk below which nothing is taken; 256 MiB when absent. */
  readonly minFreeBytes?: number;
  /** Who may store how much. When absent anybody may store anything. */
  readonly authority?: UploadAuthority;
  /** URLs that clients know the store by, beside the addresses that it listens at. */
  readonly urls?: readonly string[];
  /** When blobs may go, as far as `retention` is fed; never when absent. */
  readonly policy?: RetentionPolicy;
  /** Milliseconds in which the headers of a request, and then the next bytes of its body, have to come; 15,000 when absent. */
  readonly patienceMs?: number;
  /** Milliseconds between two looks for what may go; a minute when absent. */
  readonly sweepMs?: number;
  /** Told what a look for old blobs removed, or why it failed. */
  readonly onSweep?: (outcome: { readonly gone: number } | { readonly error: unknown }) => void;
}

/** A running blob server. */
export interface BlobServer {
  /** Its locator, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  readonly port: number;
  /** To be told which blobs are needed. */
  readonly retention: RetentionFeed;
  /** Stops accepting, lets running requests end for up to `graceMs` (2,000), then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves a directory of blobs over HTTP: reading to anyone, uploads to whom the authority lets, CORS open.
 * Resolves once it listens; rejects with the system's error when it cannot (port taken, directory not writable).
 */
export async function createBlobServer(options: BlobServerOptions): Promise<BlobServer> {
  const { dir, host = '127.0.0.1', port = DEFAULT_PORT, maxBytes = MAX_BLOB_BYTES } = options;
  const {
    minFreeBytes = DEFAULT_MIN_FREE_BYTES,
    authority,
    policy,
    urls = [],
    patienceMs = 15 * SECOND,
  } = options;
  const keeper = await BlobKeeper.open({ dir, maxBytes, minFreeBytes, authority, policy, patienceMs });
  const server = createServer(
    {
      headersTimeout: patienceMs,
      requestTimeout: Math.ceil(60 + maxBytes / MIN_BYTES_PER_SECOND) * SECOND,
      connectionsCheckingInterval: Math.ceil(patienceMs / 3),
    },
    (request, response) => void handleBlobRequest(keeper, request, response),
  );
  server.maxConnections = CONNECTIONS;
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  keeper.accounts.origins = originsOf(host, bound, urls);
  const stopSweeping = startSweeping(keeper, options);
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(host, bound),
    port: bound,
    retention: keeper,
    close(graceMs = 2_000) {
      closed ??= stopSweeping().then(() => close(server, graceMs));
      return closed;
    },
  };
}

function startSweeping(keeper: BlobKeeper, { sweepMs = 60 * SECOND, onSweep }: BlobServerOptions) {
  let running = Promise.resolve();
  const sweep = async () => {
    try {
      onSweep?.({ gone: await keeper.sweep() });
    } catch (error) {
      onSweep?.({ error });
    }
  };
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, sweepMs);
  return () => {
    clearInterval(timer);
    return running;
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: CONNECTIONS }, () => {
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
