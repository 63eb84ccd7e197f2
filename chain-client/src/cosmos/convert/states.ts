import type { BatchState } from '../../types/batch.js';
import type { JobState, Mode } from '../../types/job.js';
import type { SlashKind, SlashRole, WorkerStatus } from '../../types/worker.js';
import { BatchState as WireBatchState } from '../gen/dmcn/task/v1/batch.js';
import { JobState as WireJobState, Mode as WireMode } from '../gen/dmcn/task/v1/job.js';
import {
  SlashKind as WireSlashKind,
  SlashRole as WireSlashRole,
  WorkerStatus as WireWorkerStatus,
} from '../gen/dmcn/worker/v1/worker.js';

/** Our name of a state by the chain's number; no entry where the chain means "none". */
type Names<T> = ReadonlyMap<number, T>;

export const batchStates: Names<BatchState> = new Map([
  [WireBatchState.BATCH_STATE_QUEUED, 'Queued'],
  [WireBatchState.BATCH_STATE_OFFERED, 'Offered'],
  [WireBatchState.BATCH_STATE_LEASED, 'Leased'],
  [WireBatchState.BATCH_STATE_COMMITTED, 'Committed'],
  [WireBatchState.BATCH_STATE_OPENING, 'Opening'],
  [WireBatchState.BATCH_STATE_CHALLENGE, 'Challenge'],
  [WireBatchState.BATCH_STATE_DEMANDED, 'Demanded'],
  [WireBatchState.BATCH_STATE_FINAL, 'Final'],
  [WireBatchState.BATCH_STATE_ENDED, 'Ended'],
  [WireBatchState.BATCH_STATE_AUDIT_WAIT, 'AuditWait'],
  [WireBatchState.BATCH_STATE_DISPUTED, 'Disputed'],
  [WireBatchState.BATCH_STATE_VOTING, 'Voting'],
  [WireBatchState.BATCH_STATE_FRAUD, 'Fraud'],
  [WireBatchState.BATCH_STATE_WITHHELD, 'Withheld'],
]);

export const jobStates: Names<JobState> = new Map([
  [WireJobState.JOB_STATE_OPEN, 'Open'],
  [WireJobState.JOB_STATE_SUSPENDED, 'Suspended'],
  [WireJobState.JOB_STATE_SETTLED, 'Settled'],
  [WireJobState.JOB_STATE_EXPIRED, 'Expired'],
]);

export const workerStatuses: Names<WorkerStatus> = new Map([
  [WireWorkerStatus.WORKER_STATUS_ACTIVE, 'Active'],
  [WireWorkerStatus.WORKER_STATUS_PAUSED, 'Paused'],
  [WireWorkerStatus.WORKER_STATUS_SET_ASIDE, 'SetAside'],
  [WireWorkerStatus.WORKER_STATUS_JAILED, 'Jailed'],
  [WireWorkerStatus.WORKER_STATUS_TOMBSTONED, 'Tombstoned'],
]);

export const slashKinds: Names<SlashKind> = new Map([
  [WireSlashKind.SLASH_KIND_LEAF, 'Leaf'],
  [WireSlashKind.SLASH_KIND_WITHHELD, 'Withheld'],
  [WireSlashKind.SLASH_KIND_AUDIT, 'Audit'],
  [WireSlashKind.SLASH_KIND_CHALLENGE, 'Challenge'],
]);

export const slashRoles: Names<SlashRole> = new Map([
  [WireSlashRole.SLASH_ROLE_PROVER, 'Prover'],
  [WireSlashRole.SLASH_ROLE_REQUESTER, 'Requester'],
  [WireSlashRole.SLASH_ROLE_REFEREE, 'Referee'],
  [WireSlashRole.SLASH_ROLE_OPPONENT, 'Opponent'],
]);

export const modes: Names<Mode> = new Map([
  [WireMode.MODE_PUBLIC, 'public'],
  [WireMode.MODE_SEALED, 'sealed'],
]);

/** The chain's number of a mode. */
export const wireMode: Readonly<Record<Mode, WireMode>> = {
  public: WireMode.MODE_PUBLIC,
  sealed: WireMode.MODE_SEALED,
};
