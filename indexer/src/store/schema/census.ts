import type { ProposalStatus, VoteOption } from '@dmcn/chain-client';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PeriodSize } from '../../model/period.js';
import { counter, uint } from './columns.js';

/** How the supply moved in each stretch of block time. */
export const supplyPeriods = sqliteTable(
  'supply_periods',
  {
    size: text().$type<PeriodSize>().notNull(),
    /** Milliseconds. */
    start: integer().notNull(),
    minted: uint().notNull(),
    burned: uint().notNull(),
    /** After its last block that minted or burned. */
    supply: uint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.size, t.start] })],
);

/** What validators and their delegators decide. Times are milliseconds. */
export const proposals = sqliteTable(
  'proposals',
  {
    id: counter().primaryKey(),
    proposer: text().notNull(),
    title: text().notNull(),
    summary: text().notNull(),
    messages: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** `Dropped` and `Cancelled` ones left the chain's state. */
    status: text().$type<ProposalStatus | 'Dropped' | 'Cancelled'>().notNull(),
    expedited: integer({ mode: 'boolean' }).notNull(),
    deposit: uint().notNull(),
    submitTime: integer().notNull(),
    depositEndTime: integer(),
    votingStartTime: integer(),
    votingEndTime: integer(),
    /** Stake behind the votes, null until they were counted. */
    yes: uint(),
    abstain: uint(),
    no: uint(),
    noWithVeto: uint(),
    failedReason: text().notNull(),
    /** Accounts that voted. */
    votes: integer().notNull(),
    submittedHeight: integer().notNull(),
    changedHeight: integer().notNull(),
  },
  (t) => [index('proposals_by_status').on(t.status, t.id)],
);

/** The newest vote of each account on a proposal. */
export const proposalVotes = sqliteTable(
  'proposal_votes',
  {
    proposalId: counter().notNull(),
    voter: text().notNull(),
    options: text({ mode: 'json' }).$type<readonly VoteOption[]>().notNull(),
    height: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.proposalId, t.voter] }),
    index('proposal_votes_by_voter').on(t.voter, t.proposalId),
  ],
);
