import type { Address, LeaseId, Price, Udmc } from './primitives.js';

/** State of one auditor's place in the audit of a batch. */
export type AuditState = 'Queued' | 'Drawn' | 'Posted' | 'Matched' | 'Differed' | 'Vacant';

/** One auditor's place in the audit of an epoch of a batch, kept until its deposit is decided. */
export interface Audit extends LeaseId {
  /** Counts the auditors of one batch from 0. */
  readonly index: number;
  readonly state: AuditState;
  /** What is executed, counted over the whole job, in the order in which hashes are posted. */
  readonly units: readonly number[];
  /** Counts the draws of this place from 0; the fee rises with it. */
  readonly round: number;
  /** The owner, absent while nobody is drawn. */
  readonly auditor?: Address;
  /** Of the auditor at the draw, at most the job's `maxPrice`. */
  readonly ask: Price;
  readonly drawnHeight: number;
  /** Last height at which the auditor can post. */
  readonly deadline: number;
  /** What was posted, one 32-byte hash for each unit. */
  readonly hashes: readonly Uint8Array[];
  /** Bond that is locked from the post until Final or a verdict. */
  readonly deposit: Udmc;
  readonly postedHeight: number;
  /** Units whose hash differs from the opened leaf. */
  readonly differing: readonly number[];
  readonly paid: boolean;
}
