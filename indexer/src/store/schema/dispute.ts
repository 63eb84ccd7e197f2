import type { DisputeCause, DisputeState, Verdict } from '@dmcn/chain-client';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

/** Disputes about one unit of an opened batch, decided ones included. */
export const disputes = sqliteTable(
  'disputes',
  {
    id: counter().primaryKey(),
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    /** Counts over the whole job. */
    unit: integer().notNull(),
    /** Owner whose leaf is disputed. */
    worker: text().notNull(),
    /** The worker's leaf. */
    status: integer().notNull(),
    exitCode: integer().notNull(),
    gas: uint().notNull(),
    outputHash: text().notNull(),
    cause: text().$type<DisputeCause>().notNull(),
    state: text().$type<DisputeState>().notNull(),
    /** Posted the input; the challenger of a challenge. */
    poster: text().notNull(),
    /** Of a challenge, 0 for other causes. */
    deposit: uint().notNull(),
    inputHash: text().notNull(),
    /** The block of the transaction that has the input. */
    postedHeight: integer().notNull(),
    /** 0 before it reached the head of the queue. */
    startedHeight: integer().notNull(),
    commitDeadline: integer().notNull(),
    deadline: integer().notNull(),
    extended: integer({ mode: 'boolean' }).notNull(),
    totalPower: uint().notNull(),
    committedPower: uint().notNull(),
    revealedPower: uint().notNull(),
    /** Null before the end. */
    verdict: text().$type<Verdict>(),
    changedHeight: integer().notNull(),
    /** Null before the end. */
    endedHeight: integer(),
    /** Null unless the challenge's deposit went back. */
    returnedHeight: integer(),
  },
  (t) => [
    index('disputes_by_state').on(t.state, t.id),
    index('disputes_by_worker').on(t.worker, t.id),
    index('disputes_by_batch').on(t.jobId, t.batch, t.epoch, t.id),
    index('disputes_by_job').on(t.jobId, t.id),
  ],
);

/** What validators did in disputes; one that did nothing has a row once it is found absent. */
export const votes = sqliteTable(
  'votes',
  {
    disputeId: counter().notNull(),
    /** Operator address of the validator. */
    validator: text().notNull(),
    power: uint().notNull(),
    /** Committed; null where nothing was. */
    hash: text(),
    committedHeight: integer(),
    /** The revealed leaf; null where nothing was revealed. */
    status: integer(),
    exitCode: integer(),
    gas: uint(),
    outputHash: text(),
    revealedHeight: integer(),
    /** Null until it is paid. */
    earned: uint(),
    absent: integer({ mode: 'boolean' }).notNull(),
    jailed: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.disputeId, t.validator] }),
    index('votes_by_validator').on(t.validator, t.disputeId),
  ],
);

/** The processes beside validators that execute disputed units. */
export const referees = sqliteTable('referees', {
  /** Operator address of the validator. */
  validator: text().primaryKey(),
  account: text().notNull(),
  encryptionKey: text().notNull(),
  registeredHeight: integer().notNull(),
});

/** Disputes that a validator was absent from while most others voted. */
export const absences = sqliteTable(
  'absences',
  {
    height: integer().notNull(),
    /** Position among the block's events. */
    position: integer().notNull(),
    disputeId: counter().notNull(),
    validator: text().notNull(),
    power: uint().notNull(),
    jailed: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.height, t.position] }),
    index('absences_by_validator').on(t.validator, t.height, t.position),
  ],
);

/** Units that a verdict decided for their worker: nobody can dispute them again. */
export const settledUnits = sqliteTable(
  'settled_units',
  {
    jobId: counter().notNull(),
    batch: integer().notNull(),
    epoch: integer().notNull(),
    unit: integer().notNull(),
    height: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.batch, t.epoch, t.unit] })],
);
