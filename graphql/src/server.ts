import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppOptions, createApp } from './app.js';
import { listenerOf } from './listener.js';
import { serveWebSockets } from './web-socket.js';

export interface ServerOptions extends AppOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** 4000 unless given; 0 for any free one. */
  readonly port?: number;
  /** Bytes of answers that are kept for one height; 0 keeps none. 64 MiB unless given. */
  readonly cacheBytes?: number;
}

export interface GraphqlServer {
  /** Base address; the API is at `/graphql`. */
  readonly url: string;
  /** Ends connections and resolves once nothing runs any more. */
  close(): Promise<void>;
}

/** How long an idle connection stays: pages ask anew at every block, and proxies keep theirs for a minute. */
const KEEP_MS = 65_000;

/** The port is taken, or the host is none of this machine. */
export class ListenError extends Error {
  constructor(
    readonly host: string,
    readonly port: number,
    cause: Error,
  ) {
    super(`cannot listen on ${host}:${port}: ${cause.message}; choose another port or host`, { cause });
    this.name = 'ListenError';
  }
}

/** Serves the API over an indexer's database, which it only reads. Throws `ListenError`. */
export const createGraphqlServer = async (options: ServerOptions): Promise<GraphqlServer> => {
  const { host = '127.0.0.1', port = 4000 } = options;
  const app = createApp(options);
  const { cacheBytes } = options;
  const server = createServer(
    { keepAliveTimeout: KEEP_MS },
    listenerOf(app, cacheBytes === undefined ? {} : { cacheBytes }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(host, port, error)));
    server.listen(port, host, resolve);
  });
  const closeSockets = serveWebSockets(server, app);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closeSockets();
      server.closeAllConnections();
      await closed;
      await app.close();
    },
  };
};
