import type { Audit } from '../types/audit.js';
import type { Batch, CommitRecord, OpenRecord, OutputRecord } from '../types/batch.js';
import type { Seed } from '../types/beacon.js';
import type { Dispute, DisputedInput, DisputeRecord, Referee } from '../types/dispute.js';
import type { FeeAllowance, MessageGrant } from '../types/fee-allowance.js';
import type { Escrow, Job, JobDraw, JobSpec } from '../types/job.js';
import type { Module } from '../types/module.js';
import type { Page, PageRequest } from '../types/page.js';
import type { AuditParams, BeaconParams, TaskParams, WorkerParams } from '../types/params.js';
import type { Address, BatchId, Bytes32, ChainHash, LeaseId, Udmc, UnitId } from '../types/primitives.js';
import type { Proposal } from '../types/proposal.js';
import type { TxRecord } from '../types/receipt.js';
import type { AccountPayouts, Delegation, Validator } from '../types/stake.js';
import type { ChainStatus } from '../types/status.js';
import type { Slash, Worker, WorkerRecord } from '../types/worker.js';

/** Where to look for something that stands in a block: without a height, the chain's state or its index tells it. */
export interface AtHeight {
  readonly height?: number;
}

/**
 * Reads of the newest state. All reject with `NotFoundError` for what does not exist (`found` turns that into
 * `undefined`), `EndpointUnreachableError` when no endpoint answers, `BadResponseError` when an answer makes no sense.
 */
export interface ChainReader {
  status(): Promise<ChainStatus>;

  workerParams(): Promise<WorkerParams>;
  taskParams(): Promise<TaskParams>;
  auditParams(): Promise<AuditParams>;
  beaconParams(): Promise<BeaconParams>;

  /** A worker by its owner or its operator. */
  worker(address: Address): Promise<WorkerRecord>;
  /** Workers in the order of their owners. */
  workers(page?: PageRequest): Promise<Page<Worker>>;

  module(id: Bytes32): Promise<Module>;
  /** A module's raw WASM, checked against its id. */
  moduleCode(id: Bytes32): Promise<Uint8Array>;
  /** Modules in the order of their ids. */
  modules(page?: PageRequest): Promise<Page<Module>>;

  job(id: bigint): Promise<Job>;
  /** Jobs in the order of their ids, of one requester if named. */
  jobs(query?: PageRequest & { readonly requester?: Address }): Promise<Page<Job>>;
  batch(id: BatchId): Promise<Batch>;
  /** Batches of a job that were drawn at least once. */
  batches(query: PageRequest & { readonly jobId: bigint }): Promise<Page<Batch>>;
  /** Batches that a worker, named by its owner, holds: offered, leased, or committed and not final. */
  workerBatches(query: PageRequest & { readonly worker: Address }): Promise<Page<Batch>>;
  /** Epochs that were selected for an audit and not opened in time, beside their batches; of one job if named. */
  withheldBatches(query?: PageRequest & { readonly jobId?: bigint }): Promise<Page<Batch>>;
  /** How a worker, named by its owner, stands to the draw of each job that is not over, in the order of the modules' ids. */
  workerDraws(query: PageRequest & { readonly worker: Address }): Promise<Page<JobDraw>>;
  /** What a job would cost at most, as the chain would compute it. */
  escrow(spec: JobSpec): Promise<Escrow>;

  /** Audits of all epochs of a batch whose deposits are not decided yet. */
  batchAudits(id: BatchId): Promise<readonly Audit[]>;
  /** Audits that wait for the post of a worker, named by its owner; or those that it posted and that are not decided yet. */
  auditorAudits(
    query: PageRequest & { readonly auditor: Address; readonly posted?: boolean },
  ): Promise<Page<Audit>>;
  dispute(id: bigint): Promise<DisputeRecord>;
  /** Disputes without a verdict, in the order in which referees execute them. */
  disputes(page?: PageRequest): Promise<Page<Dispute>>;
  /** The least deposit of a challenge of a unit of a job. */
  challengeDeposit(jobId: bigint): Promise<Udmc>;
  /** The referee of a validator, named by its operator address (`dmcnvaloper1…`). */
  referee(validator: string): Promise<Referee>;
  /** Referees in the order of their validators. */
  referees(page?: PageRequest): Promise<Page<Referee>>;

  /** The beacon's value at a recent height, the newest one unless given. */
  seed(height?: number): Promise<Seed>;
  balance(address: Address): Promise<Udmc>;
  /** What `grantee` may let `granter` pay in fees. */
  feeAllowance(query: { readonly granter: Address; readonly grantee: Address }): Promise<FeeAllowance>;
  /** What `grantee` may send in the name of `granter`, of the messages that this system knows. */
  messageGrants(query: {
    readonly granter: Address;
    readonly grantee: Address;
  }): Promise<readonly MessageGrant[]>;
  /** All coins that there are. */
  supply(): Promise<Udmc>;
  /** What the accounts of x/task and x/worker hold, and what they keep for others. */
  payouts(): Promise<readonly AccountPayouts[]>;
  /** Amounts that were lost and wait in `slash_hold`, in the order of their ids. */
  slashes(page?: PageRequest): Promise<Page<Slash>>;
  /** Proposals in the order of their ids, those that are over too. */
  proposals(page?: PageRequest): Promise<Page<Proposal>>;
  /** Validators, bonded or not. */
  validators(page?: PageRequest): Promise<Page<Validator>>;
  /** What an account has staked, with what that has earned. */
  delegations(delegator: Address): Promise<readonly Delegation[]>;

  /** The whole commit of a lease. A lease that is not the batch's newest one any more needs the height of its commit. */
  commitOf(id: LeaseId & AtHeight): Promise<CommitRecord>;
  /** The whole opening of a lease. A lease that is not the batch's newest one any more needs the height of its opening. */
  openingOf(id: LeaseId & AtHeight): Promise<OpenRecord>;
  /** The output that answered a demand. Without a height the endpoint's transaction index is asked. */
  postedOutputOf(id: UnitId & AtHeight): Promise<OutputRecord>;
  /** The input of a disputed unit, from the block that has it; neither its hash nor its proof are checked. */
  disputedInputOf(dispute: Dispute): Promise<DisputedInput>;
  /** An executed transaction, successful or not. One that still waits is not found. */
  transaction(hash: ChainHash): Promise<TxRecord>;

  /** The account's raw bytes (20 on Cosmos), as the protocol's encodings use them. Throws `InvalidAddressError`. */
  addressBytes(address: Address): Uint8Array;
  /** The account of raw bytes. Throws `InvalidAddressError`. */
  addressFromBytes(bytes: Uint8Array): Address;
  /** The operator address of the validator (`dmcnvaloper1…`) that an account operates. Throws `InvalidAddressError`. */
  validatorOf(operator: Address): string;
  /** The account that operates a validator, the opposite of `validatorOf`. Throws `InvalidAddressError`. */
  operatorOf(validator: string): Address;
}

/** Reads of the past. */
export interface ChainHistory {
  /**
   * The reads of state as of a block, after it was executed. They reject with `StateUnavailableError` where the endpoint
   * does not have that state yet, or not any more. What stands in transactions is read as ever.
   */
  at(height: number): ChainReader;
}
