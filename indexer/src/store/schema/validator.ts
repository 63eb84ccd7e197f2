import type { Validator } from '@dmcn/chain-client';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, sum, uint } from './columns.js';

/** Validators: their stake, and what they do for this system: propose, have a key, run a referee, vote or not. */
export const validators = sqliteTable(
  'validators',
  {
    /** Operator address. */
    operator: text().primaryKey(),
    /** Blocks whose seed it made. */
    proposed: counter().notNull(),
    /** Of them those with a proof. */
    live: counter().notNull(),
    /** 0 while it proposed none. */
    lastProposedHeight: integer().notNull(),
    /** Of the newest key's registration; null where it has the one of genesis. */
    keyHeight: integer(),
    /** Account of its referee; null while none is registered. */
    referee: text(),
    /** Revealed. */
    votes: counter().notNull(),
    absences: counter().notNull(),
    /** Absences that it was jailed for. */
    jailed: counter().notNull(),
    /** In disputes. */
    earned: uint().notNull(),
    moniker: text().notNull().default(''),
    /** Null where x/staking does not have it, or not any more. */
    status: text().$type<Validator['status']>(),
    isJailed: integer({ mode: 'boolean' }).notNull().default(false),
    stake: sum(),
    /** A decimal number from 0 to 1. */
    commission: text(),
    /** What blocks name it by, hex. */
    consensusAddress: text(),
    /** Of the last change of its stake, status, jailing, commission or name; null until the first. */
    changedHeight: integer(),
  },
  (t) => [
    index('validators_by_proposed').on(t.proposed, t.operator),
    index('validators_by_stake').on(t.stake, t.operator),
    index('validators_by_status_stake').on(t.status, t.stake, t.operator),
    index('validators_by_status').on(t.status, t.operator),
    index('validators_by_status_proposed').on(t.status, t.proposed, t.operator),
    index('validators_by_consensus').on(t.consensusAddress, t.operator),
  ],
);
