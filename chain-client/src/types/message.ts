import type { CommitBody, OpenBody, OutputBody } from './batch.js';
import type { JobSpec } from './job.js';
import type { Address, Bytes32, LeaseId, Udmc, UnitId } from './primitives.js';
import type { WorkerOffer } from './worker.js';

/** What each message carries, by the message's name. The account that acts is always the one that signs. */
export interface MessageParams {
  /** Makes the signer the owner of a worker and bonds it. */
  readonly registerWorker: WorkerOffer & { readonly bond: Udmc };
  /** Replaces what the signer's worker offers. */
  readonly updateWorker: WorkerOffer;
  /** Takes a worker out of the draw; by its owner or operator. */
  readonly pauseWorker: { readonly owner: Address };
  /** Puts a paused or set-aside worker back; by its owner or operator. */
  readonly resumeWorker: { readonly owner: Address };
  /** Adds to the signer's bond. */
  readonly bond: { readonly amount: Udmc };
  /** Takes bond that is not locked back. */
  readonly withdraw: { readonly amount: Udmc };
  /** Publishes a task module against a deposit. `code` is raw WASM; it is compressed for the wire. */
  readonly storeModule: { readonly code: Uint8Array; readonly royaltyBps: number; readonly name: string };
  /** Removes the signer's module, which no open job may use, and returns its deposit. */
  readonly removeModule: { readonly moduleId: Bytes32 };
  /** Submits a job with its whole escrow, and refuses it when that is more than `maxEscrow`. */
  readonly submitJob: { readonly spec: JobSpec; readonly maxEscrow: Udmc };
  /** Ends what is queued or offered; what is leased runs out. */
  readonly cancelJob: { readonly jobId: bigint };
  /** Tells that the inputs can be fetched again. No locators keep the ones there are. */
  readonly confirmInputs: { readonly jobId: bigint; readonly locators: readonly string[] };
  /** Turns an offer into a lease and locks its bond; by the drawn worker's operator. */
  readonly acceptOffer: LeaseId;
  /** Binds the lease-holder to a batch's results without showing them; by its operator. */
  readonly commit: LeaseId & CommitBody;
  /** Shows what was committed; by anyone who holds K. */
  readonly open: LeaseId & OpenBody;
  /** Gives a lease back because an input cannot be fetched; by its operator. */
  readonly reportMissingInput: UnitId;
  /** Ends a batch's challenge window early; by the requester. */
  readonly acceptBatch: LeaseId;
  /** Asks for one unit's output on chain; by the requester, once a batch. */
  readonly demandOutput: UnitId;
  /** Answers a demand and earns its deposit; by anyone. */
  readonly postOutput: LeaseId & OutputBody;
  /** Moves coins from the signer. */
  readonly send: { readonly to: Address; readonly amount: Udmc };
  /** Stakes coins of the signer on a validator. */
  readonly delegate: { readonly validator: Address; readonly amount: Udmc };
  /** Takes stake back; it arrives after the unbonding time. */
  readonly undelegate: { readonly validator: Address; readonly amount: Udmc };
  /** Withdraws what the signer's stake on a validator has earned. */
  readonly withdrawRewards: { readonly validator: Address };
  /** Lets another account's transactions be paid by the signer. */
  readonly grantFees: {
    readonly grantee: Address;
    /** The most that may be spent in all; without it there is no limit. */
    readonly spendLimit?: Udmc;
    readonly expiration?: Date;
    /** The only messages that may be paid for; without it all may. */
    readonly messages?: readonly MessageType[];
  };
}

export type MessageType = keyof MessageParams;

/** Something to be done on chain, in the signer's name. */
export type Message<T extends MessageType = MessageType> = {
  [K in T]: { readonly type: K } & MessageParams[K];
}[T];
