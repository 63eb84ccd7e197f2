import type { Price, Udmc } from '../types/index.js';
import { graphql } from './graphql.js';
import type { ReadIndex } from './index-first.js';
import { read } from './values.js';

/** Work that waits to be drawn. */
export interface Demand {
  readonly jobs: number;
  readonly batches: number;
  /** At most: a last batch may be shorter. */
  readonly units: number;
  /** What a worker was last paid for 10^9 gas, by anybody; undefined where that is not known. */
  readonly lastPrice?: Price;
}

/** What a worker was paid since it registered. */
export interface Earned {
  readonly earned: Udmc;
  readonly unitsPaid: bigint;
}

const DEMAND = graphql(`
  query Demand($ask: Amount!) {
    queueDepth(minPrice: $ask) {
      jobs
      batches
      units
    }
    market {
      periods(first: 1, size: HOUR) {
        edges {
          node {
            lastPrice
          }
        }
      }
    }
  }
`);

const EARNED = graphql(`
  query Earned($owner: String!) {
    worker(address: $owner) {
      earned
      unitsPaid
    }
  }
`);

/** Work of open jobs that pay at least a price for 10^9 gas. */
export const demandInIndex =
  (price: Price): ReadIndex<Demand> =>
  async (ask) => {
    const { queueDepth, market } = await ask(DEMAND, { ask: String(price) });
    const lastPrice = market.periods.edges[0]?.node.lastPrice ?? undefined;
    return {
      jobs: read.count('jobs', queueDepth.jobs),
      batches: read.count('batches', queueDepth.batches),
      units: read.count('units', queueDepth.units),
      ...(lastPrice !== undefined && { lastPrice: read.amount('lastPrice', lastPrice) }),
    };
  };

/** What a worker, named by its owner, was paid. */
export const earnedInIndex =
  (owner: string): ReadIndex<Earned> =>
  async (ask) => {
    const { worker } = await ask(EARNED, { owner });
    return worker === null
      ? undefined
      : {
          earned: read.amount('earned', worker.earned),
          unitsPaid: read.uint64('unitsPaid', worker.unitsPaid),
        };
  };
