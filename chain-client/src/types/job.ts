import type { Address, Bytes32, Price, Udmc } from './primitives.js';

/** `Expired` jobs ended with at least one batch not done: deadline or cancel. */
export type JobState = 'Open' | 'Suspended' | 'Settled' | 'Expired';

/** Who can read inputs. `sealed` is refused until it is built. */
export type Mode = 'public' | 'sealed';

/** How closely a job's batches are checked. */
export interface Assurance {
  /** Probability of an audit of a batch in basis points: 2000, 5000 or 10000. */
  readonly auditBps: number;
  /** Auditors of an audited batch, 1 to 3. */
  readonly auditors: number;
  /** Units that each auditor re-executes, 1 to the batch size. */
  readonly samples: number;
}

/** What a requester fixes when it submits a job. */
export interface JobSpec {
  readonly moduleId: Bytes32;
  /** Arguments after argv[0], at most 4 KiB in all. */
  readonly args: readonly string[];
  /** 1 to 2^20. */
  readonly units: number;
  /** Merkle root of the inputs, RFC 6962 over SHA-256(input). */
  readonly inputRoot: Bytes32;
  /** SHA-256 of the blob that concatenates the inputs' hashes. */
  readonly inputIndex: Bytes32;
  /** 1 to 64. */
  readonly batchSize: number;
  /** Of a unit. */
  readonly gasLimit: bigint;
  /** Of a unit, in bytes, at most 512 MiB. */
  readonly memoryLimit: bigint;
  readonly maxPrice: Price;
  readonly assurance: Assurance;
  readonly mode: Mode;
  /** Base URLs of blob stores that hold the index and the inputs. */
  readonly locators: readonly string[];
  /** The requester's X25519 public key. */
  readonly encryptionKey: Bytes32;
  /** Height at which what is not leased ends. */
  readonly deadline: number;
  /** Features that a worker must have. */
  readonly features: readonly string[];
}

/** Where a job's money is: funded = paid + royalties + fees + audits + refunded + remaining. */
export interface JobSums {
  readonly funded: Udmc;
  readonly paid: Udmc;
  readonly royalties: Udmc;
  readonly fees: Udmc;
  readonly audits: Udmc;
  readonly refunded: Udmc;
}

/** N units of one module, as the chain keeps them. */
export interface Job extends JobSums {
  /** Counts all jobs from 1. */
  readonly id: bigint;
  readonly requester: Address;
  readonly spec: JobSpec;
  readonly state: JobState;
  /** In force at submission, in basis points. */
  readonly royaltyBps: number;
  readonly feeBps: number;
  /** Receives the royalty. */
  readonly author: Address;
  readonly auditFloor: Udmc;
  /** Number of batches. */
  readonly batches: number;
  /** First batch that was never drawn. */
  readonly nextBatch: number;
  /** Batches that exist and are neither Final nor Ended. */
  readonly liveBatches: number;
  readonly finalBatches: number;
  readonly endedBatches: number;
  readonly remaining: Udmc;
  readonly submittedHeight: number;
  /** 0 until the job is settled or expired. */
  readonly settledHeight: number;
  /** Owners that reported missing inputs since the requester last confirmed them. */
  readonly missingReporters: readonly Address[];
  /** Cancelled jobs draw nothing any more. */
  readonly cancelled: boolean;
  /** Batches that were removed from the state after the job's end, the first ones. */
  readonly prunedBatches: number;
  /** The last block that removed some, 0 where none was. */
  readonly prunedHeight: number;
}

/**
 * The rules that keep a worker from the next batch of a job: its bars (`reported` an input missing, `lapsed` while somebody else is eligible), what the
 * job needs, or that nothing is left to draw.
 */
export const drawRules = [
  'ending',
  'suspended',
  'drawn',
  'reported',
  'price',
  'memory',
  'features',
  'modules',
  'gas_limit',
  'bond',
  'lapsed',
] as const;

export type DrawRule = (typeof drawRules)[number];

/** What the draw of a job says about one worker, whatever keeps that worker out of every draw. */
export interface JobDraw {
  readonly job: Job;
  /** The first rule that keeps the worker from the next batch; absent when it can be drawn. */
  readonly keptOut?: DrawRule;
  /** What a lease on the next batch locks; 0 where there is none. */
  readonly bond: Udmc;
}

/** What a job would cost at most, and its parts. */
export interface Escrow {
  readonly escrow: Udmc;
  /** The most that workers can earn. */
  readonly work: Udmc;
  readonly royalty: Udmc;
  readonly fee: Udmc;
  readonly audits: Udmc;
}
