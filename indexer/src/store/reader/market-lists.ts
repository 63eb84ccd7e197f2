import { gte, lt } from 'drizzle-orm';
import type { PeriodSize } from '../../model/period.js';
import * as schema from '../schema/index.js';
import { bound, type Database } from '../statements.js';
import { is, listOf } from './list.js';

export interface PeriodFilter {
  readonly size: PeriodSize;
  /** First start, in milliseconds. */
  readonly from?: number;
  /** Start behind the last one, in milliseconds. */
  readonly to?: number;
}
export interface EarningFilter extends PeriodFilter {
  readonly owner: string;
}

/** Who asks, what is paid, and the randomness behind the draws. */
export const marketListsOf = (db: Database) => {
  const { requesters, marketPeriods, earningPeriods, seeds, validatorKeys, failures } = schema;
  return {
    requesters: listOf<typeof requesters, object, 'first' | 'paid' | 'jobs'>(db, {
      table: requesters,
      filters: {},
      orders: {
        first: [requesters.firstHeight, requesters.address],
        paid: [requesters.paid, requesters.address],
        jobs: [requesters.jobs, requesters.address],
      },
    }),
    marketPeriods: listOf<typeof marketPeriods, PeriodFilter, 'start'>(db, {
      table: marketPeriods,
      filters: {
        size: is(marketPeriods.size),
        from: (name) => gte(marketPeriods.start, bound(marketPeriods.start, name)),
        to: (name) => lt(marketPeriods.start, bound(marketPeriods.start, name)),
      },
      orders: { start: [marketPeriods.start] },
    }),
    earningPeriods: listOf<typeof earningPeriods, EarningFilter, 'start'>(db, {
      table: earningPeriods,
      filters: {
        owner: is(earningPeriods.owner),
        size: is(earningPeriods.size),
        from: (name) => gte(earningPeriods.start, bound(earningPeriods.start, name)),
        to: (name) => lt(earningPeriods.start, bound(earningPeriods.start, name)),
      },
      orders: { start: [earningPeriods.start] },
    }),
    seeds: listOf<typeof seeds, object, 'height'>(db, {
      table: seeds,
      filters: {},
      orders: { height: [seeds.height] },
    }),
    validatorKeys: listOf<typeof validatorKeys, { readonly operator?: string }, 'id'>(db, {
      table: validatorKeys,
      filters: { operator: is(validatorKeys.operator) },
      orders: { id: [validatorKeys.operator, validatorKeys.activeHeight] },
    }),
    failures: listOf<typeof failures, object, 'place'>(db, {
      table: failures,
      filters: {},
      orders: { place: [failures.height, failures.position] },
    }),
  };
};
