import { sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, sum, uint } from './columns.js';

/** How far the index is: written in the same transaction as the block's rows. One row. */
export const checkpoint = sqliteTable('checkpoint', {
  id: integer().primaryKey(),
  /** Version of the reducers that wrote the rows. */
  revision: integer().notNull(),
  chainId: text().notNull(),
  height: integer().notNull(),
  hash: text().notNull(),
  appHash: text().notNull(),
  /** Time of the block in milliseconds. */
  time: integer().notNull(),
  /** Newest height of the chain that was known when the block was written. */
  head: integer().notNull(),
  /** Up to where blocks and series were pruned, 0 where none was. */
  prunedHeight: integer().notNull().default(0),
});

export const blocks = sqliteTable('blocks', {
  height: integer().primaryKey(),
  hash: text().notNull(),
  parentHash: text().notNull(),
  appHash: text().notNull(),
  /** Milliseconds. */
  time: integer().notNull(),
  proposer: text().notNull(),
  txs: integer().notNull(),
  events: integer().notNull(),
  /** Whether rows that are never pruned tell their time by it, so that it stays. */
  named: integer({ mode: 'boolean' }).notNull().default(false),
});

/** Sums over the whole chain, moved by each event. One row. */
export const totals = sqliteTable('totals', {
  id: integer().primaryKey(),
  blocks: counter().notNull(),
  txs: counter().notNull(),
  events: counter().notNull(),
  modules: counter().notNull(),
  jobs: counter().notNull(),
  /** Jobs that are Open or Suspended. */
  openJobs: counter().notNull(),
  /** Batches that were ever drawn. */
  batches: counter().notNull(),
  liveBatches: counter().notNull(),
  finalBatches: counter().notNull(),
  /** Of those that were drawn. */
  endedBatches: counter().notNull(),
  unitsPaid: counter().notNull(),
  gasPaid: uint().notNull(),
  workers: counter().notNull(),
  activeWorkers: counter().notNull(),
  lots: counter().notNull(),
  bonded: uint().notNull(),
  locked: uint().notNull(),
  funded: uint().notNull(),
  paid: uint().notNull(),
  royalties: uint().notNull(),
  fees: uint().notNull(),
  audits: uint().notNull(),
  refunded: uint().notNull(),
  /** All coins that there are. */
  supply: sum(),
  minted: sum(),
  burned: sum(),
  /** On bonded validators. */
  staked: sum(),
  bondedValidators: counter().notNull().default(sql`0`),
});

/** Parameters of a chain module after governance changed them, as JSON with amounts as decimal strings. */
export const params = sqliteTable('params', {
  module: text().primaryKey(),
  value: text().notNull(),
  height: integer().notNull(),
});

export const seeds = sqliteTable('seeds', {
  height: integer().primaryKey(),
  value: text().notNull(),
  live: integer({ mode: 'boolean' }).notNull(),
  liveCount: integer().notNull(),
  proposer: text().notNull(),
});

export const validatorKeys = sqliteTable(
  'validator_keys',
  {
    operator: text().notNull(),
    activeHeight: integer().notNull(),
    publicKey: text().notNull(),
    height: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.operator, t.activeHeight] })],
);

/** Items that failed at the end of a block and were put off. */
export const failures = sqliteTable(
  'failures',
  {
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    item: text().notNull(),
    error: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.height, t.position] })],
);

/** Times in which an account of a chain module held less than it owed and paid nothing. */
export const payoutPauses = sqliteTable(
  'payout_pauses',
  {
    /** The account's name, as in `task_escrow`. */
    account: text().notNull(),
    height: integer().notNull(),
    held: uint().notNull(),
    owed: uint().notNull(),
    /** Null while it lasts. */
    resumedHeight: integer(),
  },
  (t) => [primaryKey({ columns: [t.account, t.height] })],
);
