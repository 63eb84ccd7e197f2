import { networkInterfaces } from 'node:os';

const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/** The address of a server as a URL. */
export const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** All origins that a server may be asked by: where it listens, and the URLs that it was told. */
export function originsOf(host: string, port: number, urls: readonly string[]): ReadonlySet<string> {
  const addresses = WILDCARDS.has(host)
    ? Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address))
    : [host];
  const isLocal = addresses.some((address) => address === '127.0.0.1' || address === '::1');
  const named = isLocal ? [...addresses, 'localhost'] : addresses;
  const own = named.filter((address) => !address.includes('%')).map((address) => urlOf(address, port));
  return new Set([...own, ...urls].map((url) => new URL(url).origin));
}
