import type { FetchedBlock } from '../../types/block.js';
import type { CosmosContext } from '../context.js';
import { type Outcome, outcomeRequest, toBlock } from '../convert/block.js';
import { readable } from '../rpc/readable.js';
import { blockMetasRequest, blockRequest, type RawBlock, type RawBlockMeta } from '../rpc/requests.js';
import type { Found, RpcClient } from '../rpc/rpc-client.js';
import { fetchBlock } from './fetch-block.js';

/**
 * The blocks from a height up to another one, as far as they can be had, at least one: many in one batch of requests, and
 * what a batch does not give by itself. Throws as `fetchBlock` does where the first one cannot be had.
 */
export async function fetchBlocks(
  context: CosmosContext,
  from: number,
  to: number,
): Promise<readonly FetchedBlock[]> {
  if (!(from <= to)) throw new RangeError(`no block lies between ${from} and ${to}`);
  const together = Math.max(1, context.rpc.batchSize - 1);
  const parts: Promise<readonly Promise<FetchedBlock>[]>[] = [];
  for (let first = from; first <= to; first += together) {
    parts.push(unheard(fetchPart(context, first, Math.min(first + together - 1, to))));
  }
  const blocks: FetchedBlock[] = [];
  try {
    for (const part of parts) for (const block of await part) blocks.push(await block);
  } catch (error) {
    if (blocks.length === 0) throw error;
  }
  return blocks;
}

/** A promise that may fail before its turn comes, and then tells. */
function unheard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function fetchPart(
  context: CosmosContext,
  from: number,
  to: number,
): Promise<readonly Promise<FetchedBlock>[]> {
  const heights = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const found = context.rpc.batchSize > 1 ? await fetchTogether(context.rpc, heights) : new Map();
  return heights.map((height) => {
    const block = found.get(height);
    return block ? Promise.resolve(block) : unheard(fetchAlone(context, height));
  });
}

async function fetchAlone(context: CosmosContext, height: number): Promise<FetchedBlock> {
  const block = await fetchBlock(context, height);
  return { height, size: 0, read: () => block };
}

/** What one batch gives of these heights, and for blocks that have transactions another one. */
async function fetchTogether(
  rpc: RpcClient,
  heights: readonly number[],
): Promise<ReadonlyMap<number, FetchedBlock>> {
  const [found, ...outcomes] = await rpc.batch<[ReadonlyMap<number, RawBlockMeta>, ...(readonly Outcome[])]>([
    blockMetasRequest(heights[0] ?? 0, heights.at(-1) ?? 0),
    ...heights.map((height) => outcomeRequest(height)),
  ]);
  const metas = readMetas(found);
  const full = heights.filter((height, i) => outcomes[i] && metas.get(height)?.txCount !== 0);
  const bodies = full.length > 0 ? await rpc.batch<readonly RawBlock[]>(full.map(blockRequest)) : [];
  const bodyOf = new Map(full.map((height, i) => [height, bodies[i]]));
  return new Map(
    heights.flatMap((height, i) => {
      const outcome = outcomes[i];
      const meta = metas.get(height);
      const body =
        meta?.txCount === 0 ? { size: 0, read: () => ({ ...meta.header, txs: [] }) } : bodyOf.get(height);
      if (!outcome || !body) return [];
      const read = () => readable(rpc, `block ${height}`, () => toBlock(body.read(), outcome.read()));
      return [[height, { height, size: body.size + outcome.size, read }]];
    }),
  );
}

/** None where they make no sense: the blocks themselves tell the same. */
function readMetas(
  found: Found<ReadonlyMap<number, RawBlockMeta>> | undefined,
): ReadonlyMap<number, RawBlockMeta> {
  try {
    return found?.read() ?? new Map();
  } catch {
    return new Map();
  }
}
