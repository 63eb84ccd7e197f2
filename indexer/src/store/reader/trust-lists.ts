import type { AuditState, DisputeState } from '@dmcn/chain-client';
import * as schema from '../schema/index.js';
import type { Database } from '../statements.js';
import { is, listOf } from './list.js';

export interface DisputeFilter {
  readonly state?: DisputeState;
  readonly worker?: string;
  readonly jobId?: bigint;
  readonly batch?: number;
  readonly epoch?: number;
}
export interface VoteFilter {
  readonly disputeId?: bigint;
  readonly validator?: string;
}
export interface AuditFilter {
  readonly state?: AuditState;
  /** Owner whose batch is audited. */
  readonly worker?: string;
  readonly auditor?: string;
  readonly jobId?: bigint;
  readonly batch?: number;
  readonly epoch?: number;
}
export interface SlashFilter {
  readonly owner?: string;
  readonly state?: 'held' | 'released' | 'reversed';
}
export interface WithheldFilter {
  readonly jobId?: bigint;
  readonly batch?: number;
  readonly worker?: string;
}
export interface ValidatorFilter {
  readonly validator?: string;
}
export interface StakeFilter {
  readonly status?: 'bonded' | 'unbonding' | 'unbonded';
  readonly consensusAddress?: string;
}
export interface JobIdFilter {
  readonly jobId?: bigint;
}
/** Audits, disputes and what they cost. */
export const trustListsOf = (db: Database) => {
  const { audits, disputes, votes, referees, validators, absences } = schema;
  const { slashes, withheld, demands, missingInputs } = schema;
  return {
    audits: listOf<typeof audits, AuditFilter, 'id'>(db, {
      table: audits,
      filters: {
        state: is(audits.state),
        worker: is(audits.worker),
        auditor: is(audits.auditor),
        jobId: is(audits.jobId),
        batch: is(audits.batch),
        epoch: is(audits.epoch),
      },
      orders: { id: [audits.jobId, audits.batch, audits.epoch, audits.place] },
    }),
    disputes: listOf<typeof disputes, DisputeFilter, 'id'>(db, {
      table: disputes,
      filters: {
        state: is(disputes.state),
        worker: is(disputes.worker),
        jobId: is(disputes.jobId),
        batch: is(disputes.batch),
        epoch: is(disputes.epoch),
      },
      orders: { id: [disputes.id] },
    }),
    votes: listOf<typeof votes, VoteFilter, 'id'>(db, {
      table: votes,
      filters: { disputeId: is(votes.disputeId), validator: is(votes.validator) },
      orders: { id: [votes.disputeId, votes.validator] },
    }),
    referees: listOf<typeof referees, object, 'validator'>(db, {
      table: referees,
      filters: {},
      orders: { validator: [referees.validator] },
    }),
    validators: listOf<typeof validators, StakeFilter, 'operator' | 'proposed' | 'stake'>(db, {
      table: validators,
      filters: { status: is(validators.status), consensusAddress: is(validators.consensusAddress) },
      orders: {
        operator: [validators.operator],
        proposed: [validators.proposed, validators.operator],
        stake: [validators.stake, validators.operator],
      },
    }),
    absences: listOf<typeof absences, ValidatorFilter, 'place'>(db, {
      table: absences,
      filters: { validator: is(absences.validator) },
      orders: { place: [absences.height, absences.position] },
    }),
    slashes: listOf<typeof slashes, SlashFilter, 'id'>(db, {
      table: slashes,
      filters: { owner: is(slashes.owner), state: is(slashes.state) },
      orders: { id: [slashes.id] },
    }),
    withheld: listOf<typeof withheld, WithheldFilter, 'id'>(db, {
      table: withheld,
      filters: { jobId: is(withheld.jobId), batch: is(withheld.batch), worker: is(withheld.worker) },
      orders: { id: [withheld.jobId, withheld.batch, withheld.epoch] },
    }),
    demands: listOf<typeof demands, JobIdFilter, 'id'>(db, {
      table: demands,
      filters: { jobId: is(demands.jobId) },
      orders: { id: [demands.jobId, demands.batch, demands.epoch] },
    }),
    missingInputs: listOf<typeof missingInputs, JobIdFilter, 'place'>(db, {
      table: missingInputs,
      filters: { jobId: is(missingInputs.jobId) },
      orders: { place: [missingInputs.height, missingInputs.position] },
    }),
  };
};
