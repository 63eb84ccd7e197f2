import type { Leaf, MerkleProof } from './batch.js';
import type { Address, Bytes32, LeaseId, Udmc } from './primitives.js';

/** Why a unit is disputed: an audit differs, or somebody challenged it. */
export type DisputeCause = 'Audit' | 'Challenge';

export type DisputeState = 'Queued' | 'Committing' | 'Revealing' | 'Decided';

export type Verdict = 'ForWorker' | 'AgainstWorker' | 'None';

/** A dispute about one unit of an opened batch. The input stays in the transaction at `postedHeight`. */
export interface Dispute extends LeaseId {
  readonly id: bigint;
  /** The worker's. */
  readonly leaf: Leaf;
  readonly cause: DisputeCause;
  readonly state: DisputeState;
  /** Of the input; the challenger of a challenge. */
  readonly poster: Address;
  /** Of the challenge, 0 for other causes. */
  readonly deposit: Udmc;
  /** SHA-256 of the input. */
  readonly inputHash: Bytes32;
  readonly postedHeight: number;
  /** When it reached the head of the queue, 0 before. */
  readonly startedHeight: number;
  /** Last height for commits. */
  readonly commitDeadline: number;
  /** Last height for reveals, 0 while queued. */
  readonly deadline: number;
  /** True once the time was given once more. */
  readonly extended: boolean;
  readonly totalPower: bigint;
  readonly committedPower: bigint;
  readonly revealedPower: bigint;
  /** Absent before the end. */
  readonly verdict?: Verdict;
}

/** One validator's power in a dispute, and its vote as far as it is known. */
export interface Vote {
  readonly disputeId: bigint;
  /** Operator address (`dmcnvaloper1…`). */
  readonly validator: string;
  readonly power: bigint;
  /** What was committed. */
  readonly hash?: Bytes32;
  /** What was revealed. */
  readonly leaf?: Leaf;
}

/** A dispute with its votes, one for each validator with power in it. */
export interface DisputeRecord {
  readonly dispute: Dispute;
  readonly votes: readonly Vote[];
}

/** The input of a disputed unit as it was posted, with the proof that it is the job's. */
export interface DisputedInput {
  readonly input: Uint8Array;
  readonly proof: MerkleProof;
}

/** The process beside a validator that executes disputed units. */
export interface Referee {
  /** Operator address (`dmcnvaloper1…`). */
  readonly validator: string;
  /** Votes by the operator's grant, opens, and K is wrapped for it. */
  readonly account: Address;
  /** X25519 public key. */
  readonly encryptionKey: Bytes32;
  readonly registeredHeight: number;
}
