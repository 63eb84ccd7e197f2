import type { JobState, Mode } from '@dmcn/chain-client';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

const list = () => text({ mode: 'json' }).$type<readonly string[]>().notNull();

export const modules = sqliteTable(
  'modules',
  {
    /** SHA-256 of the raw bytes, hex. */
    id: text().primaryKey(),
    author: text().notNull(),
    name: text().notNull(),
    size: integer().notNull(),
    royaltyBps: integer().notNull(),
    deposit: uint().notNull(),
    storedHeight: integer().notNull(),
    /** Null while the module is stored. */
    removedHeight: integer(),
    jobs: counter().notNull(),
    unitsPaid: counter().notNull(),
    royalties: uint().notNull(),
  },
  (t) => [
    index('modules_by_stored').on(t.storedHeight, t.id),
    index('modules_by_author').on(t.author, t.storedHeight, t.id),
  ],
);

export const jobs = sqliteTable(
  'jobs',
  {
    id: counter().primaryKey(),
    requester: text().notNull(),
    moduleId: text().notNull(),
    args: list(),
    units: integer().notNull(),
    inputRoot: text().notNull(),
    inputIndex: text().notNull(),
    batchSize: integer().notNull(),
    gasLimit: uint().notNull(),
    memoryLimit: uint().notNull(),
    maxPrice: uint().notNull(),
    auditBps: integer().notNull(),
    auditors: integer().notNull(),
    samples: integer().notNull(),
    mode: text().$type<Mode>().notNull(),
    locators: list(),
    encryptionKey: text().notNull(),
    deadline: integer().notNull(),
    features: list(),
    state: text().$type<JobState>().notNull(),
    royaltyBps: integer().notNull(),
    feeBps: integer().notNull(),
    author: text().notNull(),
    auditFloor: uint().notNull(),
    batches: integer().notNull(),
    /** First batch that was never drawn. */
    nextBatch: integer().notNull(),
    /** Drawn before and waiting for a draw again. */
    queuedBatches: integer().notNull().default(0),
    liveBatches: integer().notNull(),
    finalBatches: integer().notNull(),
    endedBatches: integer().notNull(),
    unitsPaid: integer().notNull(),
    gasPaid: uint().notNull(),
    funded: uint().notNull(),
    paid: uint().notNull(),
    royalties: uint().notNull(),
    fees: uint().notNull(),
    audits: uint().notNull(),
    refunded: uint().notNull(),
    remaining: uint().notNull(),
    submittedHeight: integer().notNull(),
    /** 0 until the job is settled or expired. */
    settledHeight: integer().notNull(),
    /** Of the last change of the job or of one of its batches. */
    changedHeight: integer().notNull().default(0),
    missingReporters: list(),
    cancelled: integer({ mode: 'boolean' }).notNull(),
    /** Batches that left the chain's state after the job's end, the first ones; their rows stay here. */
    prunedBatches: integer().notNull().default(0),
    /** The last block that removed some, 0 where none was. */
    prunedHeight: integer().notNull().default(0),
  },
  (t) => [
    index('jobs_by_state').on(t.state, t.id),
    index('jobs_by_state_price').on(t.state, t.maxPrice, t.id),
    index('jobs_by_requester').on(t.requester, t.id),
    index('jobs_by_price').on(t.maxPrice, t.id),
    index('jobs_by_funded').on(t.funded, t.id),
    index('jobs_by_module').on(t.moduleId, t.id),
  ],
);
