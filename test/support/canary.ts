import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { everything } from './introspection.js';
import type { Network } from './network.js';

/** Bytes that somebody looks for, by a name. */
export type Canaries = Readonly<Record<string, Uint8Array>>;

/** Where a canary was seen and how it was written. */
export interface Sighting {
  readonly canary: string;
  readonly written: string;
  readonly where: string;
}

interface Place {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Looks for canaries in all that can be read: chain (from a height on), blobs, and the API about a job. */
export async function sightings(
  network: Network,
  jobId: bigint,
  from: number,
  canaries: Canaries,
): Promise<Sighting[]> {
  const places = [
    ...(await chainPlaces(network, from)),
    ...(await blobPlaces(network)),
    ...(await everything(network.devnet.graphql[0], jobId)).map((text, i) => ({
      where: `API answer ${i}`,
      bytes: Buffer.from(text),
    })),
  ];
  return Object.entries(canaries).flatMap(([canary, bytes]) =>
    writings(Buffer.from(bytes)).flatMap(({ written, as }) =>
      places.filter((place) => place.bytes.includes(as)).map(({ where }) => ({ canary, written, where })),
    ),
  );
}

/** How bytes can stand in other bytes: as they are, as hexadecimal digits, or in base64 at any of its three offsets. */
function writings(bytes: Buffer): { readonly written: string; readonly as: Buffer }[] {
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // digits that the neighbours have a share in do not count
    const own = text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  return [
    { written: 'raw', as: bytes },
    ...[hex, hex.toUpperCase()].map((text) => ({ written: 'hex', as: Buffer.from(text) })),
    ...[...new Set(base64)].map((text) => ({ written: 'base64', as: Buffer.from(text) })),
  ];
}

/** Every transaction, decoded and as it came, and every result and event of each block. */
async function chainPlaces({ ledger, devnet: { rpc } }: Network, from: number): Promise<Place[]> {
  const places: Place[] = [];
  const head = await ledger.height();
  for (let height = from; height <= head; height += 1) {
    const [block, results] = await Promise.all(
      ['block', 'block_results'].map(async (method) =>
        (await fetch(`${rpc[0]}/${method}?height=${height}`)).text(),
      ),
    );
    const { result } = JSON.parse(block ?? '') as { result: { block: { data: { txs: string[] | null } } } };
    const txs = (result.block.data.txs ?? []).map((tx) => Buffer.from(tx, 'base64'));
    const where = `block ${height}`;
    places.push(...txs.map((bytes, i) => ({ where: `${where} transaction ${i}`, bytes })));
    places.push({ where, bytes: Buffer.from(block ?? '') }, { where, bytes: Buffer.from(results ?? '') });
  }
  return places;
}

/** Every blob that the store serves. */
async function blobPlaces({ devnet: { home, blobs } }: Network): Promise<Place[]> {
  const files = await readdir(join(home, 'blobs'), { recursive: true });
  const names = files.flatMap((file) => /[0-9a-f]{64}$/.exec(file.replaceAll('/', '')) ?? []);
  const places: Place[] = [];
  for (const name of new Set(names)) {
    const response = await fetch(`${blobs[0]}/blobs/${name}`);
    if (!response.ok) continue;
    const bytes = Buffer.from(await response.arrayBuffer());
    if (createHash('sha256').update(bytes).digest('hex') !== name) throw new Error(`blob ${name} is another`);
    places.push({ where: `blob ${name}`, bytes });
  }
  return places;
}
