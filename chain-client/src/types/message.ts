import type { CommitBody, Leaf, MerkleProof, OpenBody, OutputBody } from './batch.js';
import type { AuditId } from './events.js';
import type { JobSpec } from './job.js';
import type { Address, Bytes32, LeaseId, Udmc, UnitId } from './primitives.js';
import type { WorkerOffer } from './worker.js';

/** What a challenge of one unit shows. */
export interface ChallengeBody {
  /** As it was opened, with its proof in the batch's tree. */
  readonly leaf: Leaf;
  readonly leafProof: MerkleProof;
  /** At most 512 KiB, with its proof in the job's tree. */
  readonly input: Uint8Array;
  readonly inputProof: MerkleProof;
  /** At least what `challengeDeposit` says. */
  readonly deposit: Udmc;
}

/** Whose vote a message is about. */
export interface VoteOf {
  /** Account of the validator's operator. */
  readonly operator: Address;
  readonly disputeId: bigint;
}

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
  /** Binds a drawn auditor to what it computed, one hash for each unit of the audit; by its operator. */
  readonly postAudit: AuditId & { readonly hashes: readonly Bytes32[] };
  /** Shows K of a batch before its opening; by whoever knows it. */
  readonly showKey: LeaseId & { readonly key: Bytes32; readonly root: Bytes32; readonly gasTotal: bigint };
  /** Disputes one unit of an opened batch against a deposit; by anyone. */
  readonly challenge: LeaseId & ChallengeBody;
  /** Shows the input of a disputed unit; by anyone. */
  readonly postInput: UnitId & { readonly input: Uint8Array; readonly proof: MerkleProof };
  /** Names the referee of the signer's validator, or replaces it. */
  readonly registerReferee: { readonly account: Address; readonly encryptionKey: Bytes32 };
  /** Binds a validator to a vote; by its operator, or by a referee to which the operator granted it. */
  readonly commitVote: VoteOf & { readonly hash: Bytes32 };
  /** Shows a vote; by the operator or its referee. */
  readonly revealVote: VoteOf & { readonly salt: Bytes32; readonly leaf: Leaf };
  /** Lets another account send messages of some kinds in the signer's name. */
  readonly grantMessages: {
    readonly grantee: Address;
    readonly message: MessageType;
    readonly expiration?: Date;
  };
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
