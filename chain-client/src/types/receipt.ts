import type { PlacedEvent } from './events.js';
import type { Bytes32, ChainHash, Udmc } from './primitives.js';

/** A transaction that was executed successfully. */
export interface Receipt {
  readonly hash: ChainHash;
  readonly height: number;
  readonly gasUsed: bigint;
  /** What was paid for it, by the signer or the fee granter, attempts that ran out of gas included. */
  readonly fee: Udmc;
  readonly events: readonly PlacedEvent[];
}

/** Receipt of a stored module. */
export interface StoreModuleReceipt extends Receipt {
  readonly moduleId: Bytes32;
}

/** Receipt of a submitted job. */
export interface SubmitJobReceipt extends Receipt {
  readonly jobId: bigint;
  readonly escrow: Udmc;
}

/** Receipt of a challenge. */
export interface ChallengeReceipt extends Receipt {
  readonly disputeId: bigint;
}

/** What is known of a transaction by its hash. */
export interface TxRecord {
  readonly hash: ChainHash;
  readonly height: number;
  /** 0 for success. */
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly gasUsed: bigint;
  readonly fee: Udmc;
  readonly events: readonly PlacedEvent[];
}
