import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PeriodSize } from '../../model/period.js';
import { counter, uint } from './columns.js';

/** What was asked for and paid in each stretch of block time. */
export const marketPeriods = sqliteTable(
  'market_periods',
  {
    size: text().$type<PeriodSize>().notNull(),
    /** Milliseconds. */
    start: integer().notNull(),
    jobs: counter().notNull(),
    /** Of the jobs submitted. */
    unitsSubmitted: counter().notNull(),
    batchesPaid: counter().notNull(),
    unitsPaid: counter().notNull(),
    gasPaid: uint().notNull(),
    paid: uint().notNull(),
    royalties: uint().notNull(),
    fees: uint().notNull(),
    /** Sum of gas times ask: divided by `gasPaid` it is the mean price. */
    gasTimesAsk: uint().notNull(),
    /** Asks of the leases paid; null where none was. */
    lowest: uint(),
    highest: uint(),
    last: uint(),
  },
  (t) => [primaryKey({ columns: [t.size, t.start] })],
);

/** What a worker earned in each stretch of block time. */
export const earningPeriods = sqliteTable(
  'earning_periods',
  {
    owner: text().notNull(),
    size: text().$type<PeriodSize>().notNull(),
    /** Milliseconds. */
    start: integer().notNull(),
    batches: counter().notNull(),
    units: counter().notNull(),
    gas: uint().notNull(),
    earned: uint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.size, t.start] })],
);

/** Accounts that submitted jobs, with the sums of their jobs. */
export const requesters = sqliteTable(
  'requesters',
  {
    address: text().primaryKey(),
    jobs: counter().notNull(),
    openJobs: counter().notNull(),
    unitsPaid: counter().notNull(),
    gasPaid: uint().notNull(),
    funded: uint().notNull(),
    paid: uint().notNull(),
    royalties: uint().notNull(),
    fees: uint().notNull(),
    audits: uint().notNull(),
    refunded: uint().notNull(),
    remaining: uint().notNull(),
    firstHeight: integer().notNull(),
    /** Of the last job submitted. */
    lastHeight: integer().notNull(),
  },
  (t) => [
    index('requesters_by_first').on(t.firstHeight, t.address),
    index('requesters_by_paid').on(t.paid, t.address),
    index('requesters_by_jobs').on(t.jobs, t.address),
  ],
);
