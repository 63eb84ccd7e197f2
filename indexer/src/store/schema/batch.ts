import type { BatchState } from '@dmcn/chain-client';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

export const batches = sqliteTable(
  'batches',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    units: integer().notNull(),
    epoch: integer().notNull(),
    state: text().$type<BatchState>().notNull(),
    /** Height at which the state ends by itself; 0 in Final and Ended. */
    deadline: integer().notNull(),
    /** Epoch of the lease that the state speaks of; null while nobody holds the batch. */
    leaseEpoch: integer(),
    /** Owner of that lease. */
    worker: text(),
    drawnHeight: integer().notNull(),
    changedHeight: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch] }),
    index('batches_by_state').on(t.state, t.jobId, t.batch),
    index('batches_by_worker').on(t.worker, t.jobId, t.batch),
  ],
);

/** The last lease of each epoch, offers that were not accepted included. */
export const leases = sqliteTable(
  'leases',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    worker: text().notNull(),
    operator: text().notNull(),
    ask: uint().notNull(),
    rate: uint().notNull(),
    bond: uint().notNull(),
    drawnHeight: integer().notNull(),
    /** Null until the offer is accepted, by a commit at the latest. */
    acceptedHeight: integer(),
    committedHeight: integer(),
    commitment: text(),
    outputsHash: text(),
    locators: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Hold K and may open. */
    keyRecipients: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Null unless K was shown while the coins were tossed. */
    keyShownHeight: integer(),
    keyShownBy: text(),
    openedHeight: integer(),
    opener: text(),
    root: text(),
    gasTotal: uint(),
    /** Null while the lease is the batch's current one and not paid. */
    endedHeight: integer(),
    /** Name of the state machine's event that ended it. */
    endCause: text(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch, t.epoch] }),
    index('leases_by_worker').on(t.worker, t.jobId, t.batch, t.epoch),
  ],
);

/** Outcomes that stand: of the batch's current opening. Units without one have no row. */
export const units = sqliteTable(
  'units',
  {
    jobId: counter().notNull(),
    /** Counts over the whole job. */
    unit: integer().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    /** Number of the execution profile's status. */
    status: integer().notNull(),
    exitCode: integer().notNull(),
    gas: uint().notNull(),
    outputHash: text().notNull(),
    worker: text().notNull(),
    /** True once the batch is paid. */
    paid: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.unit] }), index('units_by_worker').on(t.worker, t.jobId, t.unit)],
);

/** What a batch earned: once a batch. */
export const payments = sqliteTable(
  'payments',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    worker: text().notNull(),
    pay: uint().notNull(),
    author: text().notNull(),
    royalty: uint().notNull(),
    fee: uint().notNull(),
    gasTotal: uint().notNull(),
    ask: uint().notNull(),
    units: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch] }),
    index('payments_by_place').on(t.height, t.position),
    index('payments_by_worker').on(t.worker, t.height, t.position),
    index('payments_by_author').on(t.author, t.height, t.position),
    index('payments_by_job').on(t.jobId, t.height, t.position),
  ],
);

/** Demands to show an output on chain: at most one a lease. */
export const demands = sqliteTable(
  'demands',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    unit: integer().notNull(),
    deposit: uint().notNull(),
    height: integer().notNull(),
    poster: text(),
    postedHeight: integer(),
    /** Where nobody answered and the deposit went back. */
    returnedHeight: integer(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.batch, t.epoch] })],
);

/** Reports of inputs that could not be fetched. */
export const missingInputs = sqliteTable(
  'missing_inputs',
  {
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    unit: integer().notNull(),
    worker: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.height, t.position] }),
    index('missing_inputs_by_job').on(t.jobId, t.height, t.position),
  ],
);
