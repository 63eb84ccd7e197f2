import type { BatchState, JobState, WorkerStatus } from '@dmcn/chain-client';
import { gte, lt } from 'drizzle-orm';
import * as schema from '../schema/index.js';
import { bound, type Database } from '../statements.js';
import { censusListsOf } from './census-lists.js';
import { is, listOf } from './list.js';
import { marketListsOf } from './market-lists.js';
import { trustListsOf } from './trust-lists.js';

export interface ModuleFilter {
  readonly author?: string;
}
export interface JobFilter {
  readonly state?: JobState;
  readonly requester?: string;
  readonly moduleId?: string;
}
export interface BatchFilter {
  readonly jobId?: bigint;
  readonly state?: BatchState;
  readonly worker?: string;
}
export interface LeaseFilter {
  readonly jobId?: bigint;
  readonly batch?: number;
  readonly worker?: string;
}
export interface UnitFilter {
  readonly jobId?: bigint;
  readonly worker?: string;
  readonly status?: number;
  readonly paid?: boolean;
  /** First unit number. */
  readonly from?: number;
  /** Unit number behind the last one. */
  readonly to?: number;
}
export interface PaymentFilter {
  readonly jobId?: bigint;
  readonly worker?: string;
  readonly author?: string;
}
export interface WorkerFilter {
  readonly status?: WorkerStatus;
  readonly operator?: string;
}
export interface OwnerFilter {
  readonly owner?: string;
}

/** The lists of the index. */
export const listsOf = (db: Database) => {
  const { blocks, modules, jobs, batches, leases, units, payments, workers } = schema;
  const { reputationHistory, bondHistory, lapses } = schema;
  return {
    blocks: listOf<typeof blocks, object, 'height'>(db, {
      table: blocks,
      filters: {},
      orders: { height: [blocks.height] },
    }),
    modules: listOf<typeof modules, ModuleFilter, 'stored'>(db, {
      table: modules,
      filters: { author: is(modules.author) },
      orders: { stored: [modules.storedHeight, modules.id] },
    }),
    jobs: listOf<typeof jobs, JobFilter, 'id' | 'price' | 'funded'>(db, {
      table: jobs,
      filters: { state: is(jobs.state), requester: is(jobs.requester), moduleId: is(jobs.moduleId) },
      orders: { id: [jobs.id], price: [jobs.maxPrice, jobs.id], funded: [jobs.funded, jobs.id] },
    }),
    batches: listOf<typeof batches, BatchFilter, 'id'>(db, {
      table: batches,
      filters: { jobId: is(batches.jobId), state: is(batches.state), worker: is(batches.worker) },
      orders: { id: [batches.jobId, batches.batch] },
    }),
    leases: listOf<typeof leases, LeaseFilter, 'id'>(db, {
      table: leases,
      filters: { jobId: is(leases.jobId), batch: is(leases.batch), worker: is(leases.worker) },
      orders: { id: [leases.jobId, leases.batch, leases.epoch] },
    }),
    units: listOf<typeof units, UnitFilter, 'id'>(db, {
      table: units,
      filters: {
        jobId: is(units.jobId),
        worker: is(units.worker),
        status: is(units.status),
        paid: is(units.paid),
        from: (name) => gte(units.unit, bound(units.unit, name)),
        to: (name) => lt(units.unit, bound(units.unit, name)),
      },
      orders: { id: [units.jobId, units.unit] },
    }),
    payments: listOf<typeof payments, PaymentFilter, 'place'>(db, {
      table: payments,
      filters: { jobId: is(payments.jobId), worker: is(payments.worker), author: is(payments.author) },
      orders: { place: [payments.height, payments.position] },
    }),
    workers: listOf<typeof workers, WorkerFilter, 'owner' | 'ask' | 'reputation' | 'earned' | 'registered'>(
      db,
      {
        table: workers,
        filters: { status: is(workers.status), operator: is(workers.operator) },
        orders: {
          owner: [workers.owner],
          ask: [workers.ask, workers.owner],
          reputation: [workers.reputation, workers.owner],
          earned: [workers.earned, workers.owner],
          registered: [workers.registeredHeight, workers.owner],
        },
      },
    ),
    reputationHistory: listOf<typeof reputationHistory, OwnerFilter, 'place'>(db, {
      table: reputationHistory,
      filters: { owner: is(reputationHistory.owner) },
      orders: { place: [reputationHistory.height, reputationHistory.position] },
    }),
    bondHistory: listOf<typeof bondHistory, OwnerFilter, 'place'>(db, {
      table: bondHistory,
      filters: { owner: is(bondHistory.owner) },
      orders: { place: [bondHistory.height, bondHistory.position] },
    }),
    ...trustListsOf(db),
    ...marketListsOf(db),
    ...censusListsOf(db),
    lapses: listOf<typeof lapses, OwnerFilter, 'id'>(db, {
      table: lapses,
      filters: { owner: is(lapses.owner) },
      orders: { id: [lapses.id] },
    }),
  };
};

export type Lists = ReturnType<typeof listsOf>;
export type * from './census-lists.js';
export type * from './market-lists.js';
export type * from './trust-lists.js';
