import { createServer } from 'node:net';

const bases = [26_656, 26_657, 9_090, 1_317, 4_000, 4_001, 4_002];
/** Ports that `fetch` refuses, as far as a devnet could get them. */
const barred = [
  1_719, 1_720, 1_723, 2_049, 3_659, 4_045, 4_190, 5_060, 5_061, 6_000, 6_566, 6_667, 6_697, 10_080,
];
const stride = 10;
const most = 4;

/** A port offset at which a devnet of up to four validators finds all its ports free; random, so that runs can share a machine. */
export async function freeOffset(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const offset = 100 + 50 * Math.floor(Math.random() * 110);
    const ports = bases.flatMap((base) => Array.from({ length: most }, (_, i) => base + offset + i * stride));
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return offset;
  }
  throw new Error('no port offset has all the ports of a devnet free');
}

/** Whether a server can listen on a port of the loopback address, and be asked there. */
export function isFree(port: number): Promise<boolean> {
  if (barred.includes(port)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
