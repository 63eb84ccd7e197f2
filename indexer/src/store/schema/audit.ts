import type { AuditState, BatchState } from '@dmcn/chain-client';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

/** Epochs of batches that are audited. */
export const selections = sqliteTable(
  'selections',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    worker: text().notNull(),
    /** Height whose seed hit. */
    seedHeight: integer().notNull(),
    auditors: integer().notNull(),
    /** Set aside in the job's escrow at first. */
    earmarked: uint().notNull(),
    height: integer().notNull(),
    /** Of it what was not paid and is free again; null until then. */
    released: uint(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch, t.epoch] }),
    index('selections_by_worker').on(t.worker, t.jobId, t.batch, t.epoch),
  ],
);

/** Places of auditors in the audits of batches. */
export const audits = sqliteTable(
  'audits',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    /** Counts the auditors of one batch from 0. */
    place: integer().notNull(),
    state: text().$type<AuditState>().notNull(),
    /** Owner whose batch is audited. */
    worker: text().notNull(),
    /** Executed, counted over the whole job. */
    units: text({ mode: 'json' }).$type<readonly number[]>().notNull(),
    round: integer().notNull(),
    /** Null while nobody is drawn. */
    auditor: text(),
    ask: uint().notNull(),
    deadline: integer().notNull(),
    deposit: uint().notNull(),
    postedHeight: integer(),
    /** Units that differ from the opening. */
    differing: text({ mode: 'json' }).$type<readonly number[]>().notNull(),
    /** Null until it is paid. */
    fee: uint(),
    feeSource: text(),
    changedHeight: integer().notNull(),
    /** Null until the deposit is decided. */
    endedHeight: integer(),
    lost: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch, t.epoch, t.place] }),
    index('audits_by_worker').on(t.worker, t.jobId, t.batch, t.epoch, t.place),
    index('audits_by_state').on(t.state, t.jobId, t.batch, t.epoch, t.place),
    index('audits_by_auditor').on(t.auditor, t.jobId, t.batch, t.epoch, t.place),
  ],
);

/** Selected epochs that were not opened in time, beside their batches. */
export const withheld = sqliteTable(
  'withheld',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    worker: text().notNull(),
    state: text().$type<BatchState>().notNull(),
    deadline: integer().notNull(),
    /** Of the lease, locked until the end. */
    bond: uint().notNull(),
    height: integer().notNull(),
    /** Null until it is over. */
    endedHeight: integer(),
    endCause: text(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.batch, t.epoch] }),
    index('withheld_by_worker').on(t.worker, t.jobId, t.batch, t.epoch),
  ],
);
