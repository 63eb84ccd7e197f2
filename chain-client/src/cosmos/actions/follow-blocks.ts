import { BaseError } from '../../errors/index.js';
import type { FollowOptions } from '../../port/follower.js';
import type { Block } from '../../types/block.js';
import { onAbort } from '../../util/on-abort.js';
import { sleep } from '../../util/sleep.js';
import type { CosmosContext } from '../context.js';
import { fetchBlock } from './fetch-block.js';

/** Blocks fetched at once while there are many to catch up on. */
const ahead = 8;
const retryMs = 250;

/** All blocks from a height on, waiting for new ones. Ends when the signal aborts or the client is closed. */
export async function* followBlocks(
  context: CosmosContext,
  { from, signal }: FollowOptions = {},
): AsyncGenerator<Block> {
  const stop = new AbortController();
  const callOffs = [signal, context.rpc.closing].map((source) => onAbort(source, () => stop.abort()));
  try {
    yield* follow(context, from, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    stop.abort();
    for (const callOff of callOffs) callOff();
  }
}

async function* follow(
  context: CosmosContext,
  from: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Block> {
  const fetching: Promise<Block>[] = [];
  let next = from ?? (await context.head.beyond(0, signal)) + 1;
  let newest = 0;
  while (!signal.aborted) {
    if (next > newest) newest = await context.head.beyond(next - 1, signal);
    while (fetching.length < ahead && next + fetching.length <= newest) {
      const block = fetchPatiently(context, next + fetching.length, signal);
      block.catch(() => {});
      fetching.push(block);
    }
    const block = await fetching.shift();
    if (!block || signal.aborted) return;
    next += 1;
    yield block;
  }
}

/** A block that exists, however long its endpoints fail. Rejects when none has it any more, and with the signal. */
async function fetchPatiently(context: CosmosContext, height: number, signal: AbortSignal): Promise<Block> {
  for (;;) {
    try {
      return await fetchBlock(context, height);
    } catch (error) {
      if (signal.aborted || !(error instanceof BaseError && error.retryable)) throw error;
      await sleep(retryMs, signal);
    }
  }
}
