import { type Answered, type Demand, earnedInIndex, indexFirst } from '@dmcn/chain-client/indexed';
import { formatDmc } from '@dmcn/protocol';
import { readDemand } from '@dmcn/worker';
import type { Context } from '../context.js';
import { sourcesOf, sourceText } from '../reading.js';

/** What the market has for a worker, and who said so. */
export interface Market extends Demand {
  readonly source: Answered<unknown>['source'];
}

/** Work that waits at a worker's price. */
export async function readMarket(
  context: Context,
  owner: string,
  ask: bigint,
): Promise<{ readonly market: Market; readonly line: string }> {
  const answered = await readDemand(sourcesOf(context), owner, ask);
  const { value, source } = answered;
  const { jobs, batches, units, lastPrice } = value;
  const paid = lastPrice === undefined ? '' : `; last paid were ${lastPrice} udmc per 10^9 gas`;
  return {
    market: { ...value, source },
    line: `market: ${batches} batches, ${units} units of ${jobs} jobs wait at its price${paid} (${sourceText(answered)})`,
  };
}

/** What a worker was paid since it registered, which only an index knows: null without one. */
export async function readEarned(context: Context, owner: string) {
  const { value, source } = await indexFirst(sourcesOf(context), earnedInIndex(owner), async () => null);
  return value && { ...value, source };
}

export const earnedText = (earned: Awaited<ReturnType<typeof readEarned>>): string[] =>
  earned === null
    ? []
    : [`earned ${formatDmc(earned.earned)} DMC by ${earned.unitsPaid} units (read from GraphQL)`];
