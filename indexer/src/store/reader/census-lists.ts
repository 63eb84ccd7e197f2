import { gte, lt } from 'drizzle-orm';
import type { Rows } from '../../model/tables.js';
import * as schema from '../schema/index.js';
import { bound, type Database } from '../statements.js';
import { is, listOf } from './list.js';
import type { PeriodFilter } from './market-lists.js';

export interface ProposalFilter {
  readonly status?: Rows['proposals']['status'];
}
export interface ProposalVoteFilter {
  readonly proposalId?: bigint;
  readonly voter?: string;
}

/** The supply over time, what is decided by vote, and when accounts of the chain paid nothing. */
export const censusListsOf = (db: Database) => {
  const { supplyPeriods, proposals, proposalVotes, payoutPauses } = schema;
  return {
    supplyPeriods: listOf<typeof supplyPeriods, PeriodFilter, 'start'>(db, {
      table: supplyPeriods,
      filters: {
        size: is(supplyPeriods.size),
        from: (name) => gte(supplyPeriods.start, bound(supplyPeriods.start, name)),
        to: (name) => lt(supplyPeriods.start, bound(supplyPeriods.start, name)),
      },
      orders: { start: [supplyPeriods.start] },
    }),
    proposals: listOf<typeof proposals, ProposalFilter, 'id'>(db, {
      table: proposals,
      filters: { status: is(proposals.status) },
      orders: { id: [proposals.id] },
    }),
    proposalVotes: listOf<typeof proposalVotes, ProposalVoteFilter, 'id'>(db, {
      table: proposalVotes,
      filters: { proposalId: is(proposalVotes.proposalId), voter: is(proposalVotes.voter) },
      orders: { id: [proposalVotes.proposalId, proposalVotes.voter] },
    }),
    payoutPauses: listOf<typeof payoutPauses, object, 'place'>(db, {
      table: payoutPauses,
      filters: {},
      orders: { place: [payoutPauses.account, payoutPauses.height] },
    }),
  };
};
