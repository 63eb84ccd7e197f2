import type { Audit, AuditState } from './audit.js';
import type { BatchState, Leaf, Lease } from './batch.js';
import type { Seed, ValidatorKey } from './beacon.js';
import type { Dispute, DisputeState, Referee } from './dispute.js';
import type { Job, JobState, JobSums } from './job.js';
import type { Module } from './module.js';
import type { AuditParams, BeaconParams, TaskParams, WorkerParams } from './params.js';
import type { Address, BatchId, Bytes32, LeaseId, Price, Udmc, UnitId } from './primitives.js';
import type { Proposal, VoteOption } from './proposal.js';
import type { Validator } from './stake.js';
import type { Lapse, Slash, Worker, WorkerStatus } from './worker.js';

/** What an account of one of the chain's modules has and what it owes. */
export interface AccountSums {
  /** The account's name, as in `task_escrow`. */
  readonly account: string;
  readonly held: Udmc;
  readonly owed: Udmc;
}

/** Names one auditor's place in the audit of an epoch of a batch. */
export interface AuditId extends LeaseId {
  readonly index: number;
}

/** What each event carries, by the event's name. Every state change of the chain emits one of them. */
export interface EventData {
  readonly WorkerRegistered: { readonly worker: Worker; readonly reputation: number };
  readonly WorkerUpdated: { readonly worker: Worker };
  readonly WorkerStatusChanged: {
    readonly owner: Address;
    readonly oldStatus: WorkerStatus | undefined;
    readonly newStatus: WorkerStatus | undefined;
    readonly cause: string;
    /** Height from which a jailed worker can be resumed. */
    readonly jailUntil: number;
  };
  readonly BondChanged: {
    readonly owner: Address;
    readonly oldBond: Udmc;
    readonly newBond: Udmc;
    readonly oldLocked: Udmc;
    readonly newLocked: Udmc;
    readonly cause: string;
    /** Slots held after the change. */
    readonly lots: number;
  };
  readonly LoadChanged: { readonly owner: Address; readonly oldLoad: number; readonly newLoad: number };
  readonly ReputationChanged: LeaseId & {
    readonly owner: Address;
    readonly oldAvailability: number;
    readonly newAvailability: number;
    readonly oldReputation: number;
    readonly newReputation: number;
    readonly batchesFinal: number;
    readonly missed: number;
    readonly cause: string;
  };
  readonly Lapsed: { readonly lapse: Lapse };
  readonly LapseReleased: { readonly lapse: Lapse };
  /** The lapse could not be released and will be tried again at its new release height. */
  readonly LapseDeferred: {
    readonly lapse: Lapse;
    readonly oldReleaseHeight: number;
    readonly error: string;
  };
  readonly StandingChanged: LeaseId & {
    readonly owner: Address;
    readonly oldStanding: number;
    readonly newStanding: number;
    readonly oldFrauds: number;
    readonly newFrauds: number;
    readonly cause: string;
  };
  /** An amount was lost and waits in `slash_hold`. */
  readonly SlashHeld: { readonly slash: Slash };
  readonly SlashReleased: { readonly slash: Slash; readonly burned: Udmc };
  /** Governance gave a slashed amount back. */
  readonly SlashReversed: { readonly slash: Slash };
  /** The slash could not be released and will be tried again at its new release height. */
  readonly SlashDeferred: {
    readonly slash: Slash;
    readonly oldReleaseHeight: number;
    readonly error: string;
  };
  readonly WorkerParamsUpdated: { readonly params: WorkerParams };

  readonly ModuleStored: { readonly module: Module };
  readonly ModuleRemoved: { readonly moduleId: Bytes32; readonly author: Address };
  readonly JobSubmitted: { readonly job: Job };
  readonly JobStateChanged: {
    readonly jobId: bigint;
    /** Absent for a job that has just come into being. */
    readonly oldState: JobState | undefined;
    readonly newState: JobState | undefined;
    readonly cause: string;
  };
  readonly InputsConfirmed: { readonly jobId: bigint; readonly locators: readonly string[] };
  readonly JobCancelled: { readonly jobId: bigint };
  /** The batches of a job that were never drawn, from `firstBatch` to the last one, ended all at once. */
  readonly UndrawnEnded: { readonly jobId: bigint; readonly firstBatch: number; readonly batches: number };
  readonly JobSettled: JobSums & { readonly jobId: bigint; readonly state: JobState | undefined };
  readonly BatchStateChanged: LeaseId & {
    /** Absent for a batch that has just come into being. */
    readonly oldState: BatchState | undefined;
    readonly newState: BatchState | undefined;
    readonly cause: string;
    readonly deadline: number;
    readonly units: number;
    /** Owner of the lease that the change concerns, empty where there is none. */
    readonly worker: Address;
  };
  readonly BatchOffered: LeaseId & {
    readonly lease: Lease;
    readonly operator: Address;
    readonly deadline: number;
  };
  readonly BatchCommitted: LeaseId & {
    readonly worker: Address;
    readonly commitment: Bytes32;
    readonly outputsHash: Bytes32;
    readonly locators: readonly string[];
    /** Hold K and may open. */
    readonly keyRecipients: readonly Address[];
    /** Probability of an audit in basis points. */
    readonly auditBps: number;
  };
  readonly BatchOpened: LeaseId & {
    readonly worker: Address;
    readonly opener: Address;
    readonly root: Bytes32;
    readonly gasTotal: bigint;
    readonly leaves: readonly Leaf[];
  };
  readonly BatchPaid: LeaseId & {
    readonly worker: Address;
    readonly pay: Udmc;
    readonly author: Address;
    readonly royalty: Udmc;
    readonly fee: Udmc;
    readonly gasTotal: bigint;
    readonly ask: Price;
    readonly units: number;
  };
  readonly InputMissing: UnitId & { readonly worker: Address };
  readonly OutputDemanded: UnitId & { readonly deposit: Udmc };
  readonly OutputPosted: UnitId & { readonly poster: Address; readonly deposit: Udmc };
  readonly DemandReturned: UnitId & { readonly deposit: Udmc };
  /** Batches of a closed job, from `firstBatch` on, are gone from the state; `done` where none is left. */
  readonly BatchesPruned: {
    readonly jobId: bigint;
    readonly firstBatch: number;
    readonly batches: number;
    readonly done: boolean;
  };
  /** An account of the chain holds less than it owes and pays nothing until it does again. */
  readonly PayoutsPaused: AccountSums;
  readonly PayoutsResumed: AccountSums & {
    /** The block that paused its payouts. */
    readonly pausedHeight: number;
  };
  readonly ItemFailed: { readonly item: string; readonly error: string };
  readonly TaskParamsUpdated: { readonly params: TaskParams };
  readonly BatchSelected: LeaseId & {
    readonly worker: Address;
    /** Whose seed hit. */
    readonly height: number;
    readonly auditors: number;
    /** Set aside in the job's escrow for the fees. */
    readonly earmarked: Udmc;
  };
  /** What was set aside for the audits of a batch and not paid is free again. */
  readonly AuditsReleased: LeaseId & { readonly released: Udmc };
  /** A disputed unit was decided for the worker. */
  readonly UnitSettled: UnitId;
  /** The way of a selected epoch that was not opened in time, beside its batch. */
  readonly WithheldStateChanged: LeaseId & {
    readonly oldState: BatchState | undefined;
    readonly newState: BatchState | undefined;
    readonly cause: string;
    readonly deadline: number;
    readonly worker: Address;
    /** Of the lease, locked until the end. */
    readonly bond: Udmc;
  };

  readonly AuditStateChanged: {
    readonly audit: Audit;
    /** Absent for an audit that has just come into being. */
    readonly oldState: AuditState | undefined;
    readonly cause: string;
    /** Whose batch is audited. */
    readonly worker: Address;
  };
  readonly AuditPaid: AuditId & {
    readonly auditor: Address;
    readonly fee: Udmc;
    /** `escrow`, or `lock` where a selected batch was not opened or was refuted. */
    readonly source: string;
  };
  /** An audit's deposit is decided and the audit is gone from the state. */
  readonly AuditEnded: AuditId & {
    readonly auditor: Address;
    readonly deposit: Udmc;
    readonly lost: boolean;
    readonly oldState: AuditState | undefined;
  };
  /** K of a batch was shown before its opening. */
  readonly KeyShown: LeaseId & {
    readonly worker: Address;
    readonly shownBy: Address;
    readonly key: Bytes32;
  };
  readonly DisputeOpened: { readonly dispute: Dispute };
  readonly DisputeStateChanged: {
    readonly dispute: Dispute;
    readonly oldState: DisputeState | undefined;
    readonly cause: string;
  };
  readonly VoteCommitted: {
    readonly disputeId: bigint;
    readonly validator: string;
    readonly power: bigint;
    readonly hash: Bytes32;
  };
  readonly VoteRevealed: {
    readonly disputeId: bigint;
    readonly validator: string;
    readonly power: bigint;
    readonly leaf: Leaf;
  };
  readonly RefereePaid: {
    readonly disputeId: bigint;
    readonly validator: string;
    readonly account: Address;
    readonly amount: Udmc;
  };
  readonly ChallengeReturned: {
    readonly disputeId: bigint;
    readonly challenger: Address;
    readonly deposit: Udmc;
  };
  /** A validator did not vote in a dispute that most others voted in. */
  readonly ValidatorAbsent: {
    readonly disputeId: bigint;
    readonly validator: string;
    readonly power: bigint;
    readonly jailed: boolean;
  };
  readonly RefereeRegistered: { readonly referee: Referee };
  readonly AuditParamsUpdated: { readonly params: AuditParams };

  readonly BeaconSeed: { readonly seed: Seed };
  readonly BeaconKeyRegistered: { readonly key: ValidatorKey };
  readonly BeaconParamsUpdated: { readonly params: BeaconParams };

  /** All coins that there are when the first block begins. */
  readonly SupplyStarted: { readonly supply: Udmc };
  /** Coins came into being, in the account that is named. */
  readonly Minted: { readonly account: Address; readonly amount: Udmc };
  /** Coins of the account that is named are no more. */
  readonly Burned: { readonly account: Address; readonly amount: Udmc };
  /** A block changed a validator; the first block tells of all. */
  readonly ValidatorChanged: {
    /** Undefined for a new one. */
    readonly before: Validator | undefined;
    /** Undefined for one that is no more. */
    readonly after: Validator | undefined;
  };
  /** A proposal was submitted, got a deposit, or its votes were counted. */
  readonly ProposalChanged: { readonly proposal: Proposal };
  /** It takes the place of the voter's vote before. */
  readonly ProposalVoted: {
    readonly proposalId: bigint;
    readonly voter: Address;
    readonly options: readonly VoteOption[];
  };
  /** The proposal is no more: it got too little deposit, or its proposer took it back. */
  readonly ProposalEnded: { readonly proposalId: bigint; readonly cause: 'dropped' | 'cancelled' };
}

export type EventType = keyof EventData;

/** An event by its type and what it carries: narrow it with `event.type`. */
export type ChainEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: EventData[K] };
}[T];

/** An event with its place, which names it for good: (height, txIndex, eventIndex). */
export type PlacedEvent<T extends EventType = EventType> = ChainEvent<T> & {
  readonly height: number;
  /** Position of the transaction in its block; null for what the block itself did at its end. */
  readonly txIndex: number | null;
  /** Position among all events of the transaction, or of the block, unknown ones counted. */
  readonly eventIndex: number;
};

/** True for events that concern the batch. */
export const concernsBatch = (event: ChainEvent, id: BatchId): boolean =>
  'batch' in event.data && event.data.jobId === id.jobId && event.data.batch === id.batch;
