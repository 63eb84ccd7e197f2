import type { SlashKind, SlashShare, WorkerStatus } from '@dmcn/chain-client';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

export const workers = sqliteTable(
  'workers',
  {
    owner: text().primaryKey(),
    operator: text().notNull(),
    encryptionKey: text().notNull(),
    ask: uint().notNull(),
    rate: uint().notNull(),
    memory: uint().notNull(),
    features: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Hex ids of the modules that it runs; every module where there is none. */
    modules: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** 0 for any. */
    maxGasLimit: uint().notNull(),
    status: text().$type<WorkerStatus>().notNull(),
    bond: uint().notNull(),
    locked: uint().notNull(),
    lots: integer().notNull(),
    availability: integer().notNull(),
    reputation: integer().notNull(),
    batchesFinal: integer().notNull(),
    load: integer().notNull(),
    missed: integer().notNull(),
    registeredHeight: integer().notNull(),
    lapses: integer().notNull(),
    standing: integer().notNull().default(0),
    frauds: integer().notNull().default(0),
    jailUntil: integer().notNull().default(0),
    unitsPaid: counter().notNull(),
    gasPaid: uint().notNull(),
    earned: uint().notNull(),
  },
  (t) => [
    index('workers_by_operator').on(t.operator),
    index('workers_by_ask').on(t.ask, t.owner),
    index('workers_by_reputation').on(t.reputation, t.owner),
    index('workers_by_earned').on(t.earned, t.owner),
    index('workers_by_registered').on(t.registeredHeight, t.owner),
    index('workers_by_status_ask').on(t.status, t.ask, t.owner),
    index('workers_by_status_reputation').on(t.status, t.reputation, t.owner),
    index('workers_by_status_earned').on(t.status, t.earned, t.owner),
    index('workers_by_status_registered').on(t.status, t.registeredHeight, t.owner),
    index('workers_by_status').on(t.status, t.owner),
  ],
);

/** Each move of a worker's availability and reputation; the first row is its registration. */
export const reputationHistory = sqliteTable(
  'reputation_history',
  {
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    owner: text().notNull(),
    cause: text().notNull(),
    oldAvailability: integer().notNull(),
    newAvailability: integer().notNull(),
    oldReputation: integer().notNull(),
    newReputation: integer().notNull(),
    batchesFinal: integer().notNull(),
    missed: integer().notNull(),
    /** The lease that it is about; null for the registration. */
    jobId: counter(),
    batch: integer(),
    epoch: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.height, t.position] }),
    index('reputation_history_by_owner').on(t.owner, t.height, t.position),
  ],
);

export const bondHistory = sqliteTable(
  'bond_history',
  {
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    owner: text().notNull(),
    cause: text().notNull(),
    oldBond: uint().notNull(),
    newBond: uint().notNull(),
    oldLocked: uint().notNull(),
    newLocked: uint().notNull(),
    lots: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.height, t.position] }),
    index('bond_history_by_owner').on(t.owner, t.height, t.position),
  ],
);

export const lapses = sqliteTable(
  'lapses',
  {
    id: counter().primaryKey(),
    owner: text().notNull(),
    amount: uint().notNull(),
    height: integer().notNull(),
    releaseHeight: integer().notNull(),
    /** Null while the bond is locked. */
    releasedHeight: integer(),
  },
  (t) => [index('lapses_by_owner').on(t.owner, t.id)],
);

/** Amounts that were lost; they wait in `slash_hold` until `endedHeight`. */
export const slashes = sqliteTable(
  'slashes',
  {
    id: counter().primaryKey(),
    kind: text().$type<SlashKind>().notNull(),
    owner: text().notNull(),
    amount: uint().notNull(),
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    height: integer().notNull(),
    releaseHeight: integer().notNull(),
    /** Paid at the release; the rest of the amount is burned. Amounts as decimal strings. */
    shares: text({ mode: 'json' })
      .$type<readonly (Omit<SlashShare, 'amount'> & { readonly amount: string })[]>()
      .notNull(),
    state: text().$type<'held' | 'released' | 'reversed'>().notNull(),
    /** Null while it waits. */
    endedHeight: integer(),
    /** Null unless it was released. */
    burned: uint(),
  },
  (t) => [
    index('slashes_by_state').on(t.state, t.id),
    index('slashes_by_owner').on(t.owner, t.id),
    index('slashes_by_batch').on(t.jobId, t.batch, t.epoch),
  ],
);
