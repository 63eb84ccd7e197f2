import { createServer } from 'node:net';

/** Ports of one validator, one indexer and the services, before the offset. */
const PORTS = [26_656, 26_657, 9_090, 1_317, 4_000, 4_001, 4_002];
const OFFSETS = [0, 1_000, 2_500, 3_000, 5_000, 8_000, 13_000, 21_000];

/** The first offset at which none of a devnet's ports is taken. */
export async function freePortOffset(): Promise<number> {
  for (const offset of OFFSETS) {
    const free = await Promise.all(PORTS.map((port) => isFree(port + offset)));
    if (free.every(Boolean)) return offset;
  }
  throw new Error(
    'the ports of a devnet are taken, at every offset that was tried; stop another devnet first',
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
