import type { Block } from '../../types/block.js';
import type { CosmosContext } from '../context.js';
import { toBlock } from '../convert/block.js';
import {
  blockMetasRequest,
  blockRequest,
  blockResultsRequest,
  type RawBlock,
  type RawBlockMeta,
  type RawBlockResults,
} from '../rpc/requests.js';
import type { RpcClient } from '../rpc/rpc-client.js';
import { ShapeError } from '../rpc/shape.js';
import { fetchBlock } from './fetch-block.js';

/**
 * The blocks from a height up to another one, as far as they can be had, at least one: many in one batch of requests, and
 * what a batch does not give by itself. Throws as `fetchBlock` does where the first one cannot be had.
 */
export async function fetchBlocks(
  context: CosmosContext,
  from: number,
  to: number,
): Promise<readonly Block[]> {
  if (!(from <= to)) throw new RangeError(`no block lies between ${from} and ${to}`);
  const together = Math.max(1, context.rpc.batchSize - 1);
  const parts: Promise<readonly Promise<Block>[]>[] = [];
  for (let first = from; first <= to; first += together) {
    parts.push(unheard(fetchPart(context, first, Math.min(first + together - 1, to))));
  }
  const blocks: Block[] = [];
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
): Promise<readonly Promise<Block>[]> {
  const heights = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const found = context.rpc.batchSize > 1 ? await fetchTogether(context.rpc, heights) : new Map();
  return heights.map((height) => {
    const block = found.get(height);
    return block ? Promise.resolve(block) : unheard(fetchBlock(context, height));
  });
}

/** What one batch gives of these heights, and for blocks that have transactions another one. */
async function fetchTogether(
  rpc: RpcClient,
  heights: readonly number[],
): Promise<ReadonlyMap<number, Block>> {
  const [metas, ...results] = await rpc.batch<
    [ReadonlyMap<number, RawBlockMeta>, ...(readonly RawBlockResults[])]
  >([
    blockMetasRequest(heights[0] ?? 0, heights.at(-1) ?? 0),
    ...heights.map((height) => blockResultsRequest(height)),
  ]);
  const raws = new Map<number, RawBlock | undefined>();
  const full: number[] = [];
  for (const [i, height] of heights.entries()) {
    const meta = metas?.get(height);
    if (meta?.txCount === 0 && results[i]?.txs.length === 0) raws.set(height, { ...meta.header, txs: [] });
    else if (results[i]) full.push(height);
  }
  const whole = full.length > 0 ? await rpc.batch<readonly RawBlock[]>(full.map(blockRequest)) : [];
  for (const [i, height] of full.entries()) raws.set(height, whole[i]);
  return new Map(
    heights.flatMap((height, i) => {
      const [raw, result] = [raws.get(height), results[i]];
      const block = raw && result && readableBlock(raw, result);
      return block ? [[height, block]] : [];
    }),
  );
}

/** Undefined for one that makes no sense: asked for by itself it will tell. */
function readableBlock(raw: RawBlock, results: RawBlockResults): Block | undefined {
  try {
    return toBlock(raw, results);
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}
