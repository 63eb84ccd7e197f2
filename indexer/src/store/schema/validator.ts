import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { counter, uint } from './columns.js';

/** Validators as far as the chain's modules tell of them: who proposed, has a key, runs a referee, voted or did not. */
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
  },
  (t) => [index('validators_by_proposed').on(t.proposed, t.operator)],
);
