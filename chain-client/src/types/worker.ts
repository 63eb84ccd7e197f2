import type { Address, Bytes32, Price, Udmc } from './primitives.js';

/**
 * `Active` workers hold slots in the draw; `SetAside` ones missed several offers in a row and wait for their operator.
 * `Jailed` ones were slashed and can come back at `jailUntil`; `Tombstoned` ones never can.
 */
export type WorkerStatus = 'Active' | 'Paused' | 'SetAside' | 'Jailed' | 'Tombstoned';

/** What a worker offers. */
export interface WorkerOffer {
  /** Hot account that accepts, commits and opens. */
  readonly operator: Address;
  /** X25519 public key. */
  readonly encryptionKey: Bytes32;
  readonly ask: Price;
  /** Speed in gas a block. */
  readonly rate: bigint;
  /** Largest memory of a unit, in bytes. */
  readonly memory: bigint;
  /** Optional capabilities, sorted, without repetition. */
  readonly features: readonly string[];
  /** Ids of the modules that it runs, sorted, without repetition; every module where it is empty. */
  readonly modules: readonly Bytes32[];
  /** Largest gas limit of a unit that it takes; 0 means any. */
  readonly maxGasLimit: bigint;
}

/** A registered executor, identified by its owner. */
export interface Worker extends WorkerOffer {
  /** Cold account: bond, payout and identity. */
  readonly owner: Address;
  readonly status: WorkerStatus;
  /** Whole bond, locked part included. */
  readonly bond: Udmc;
  /** Part of the bond held by leases, lapses, audits and withheld batches. */
  readonly locked: Udmc;
  /** Bond that outstanding offers will lock when accepted. */
  readonly reserved: Udmc;
  /** 0 to 10,000. */
  readonly availability: number;
  readonly batchesFinal: number;
  /** Batches offered to or leased by the worker. */
  readonly load: number;
  /** Offers missed in a row. */
  readonly missed: number;
  readonly registeredHeight: number;
  /** Slots held in the draw. */
  readonly lots: number;
  /** Audits that matched since the last fraud. */
  readonly standing: number;
  /** Slashes for refuted leaves and audits; the second one tombstones. */
  readonly frauds: number;
  /** Height from which a jailed worker can be resumed. */
  readonly jailUntil: number;
}

/** Bond of a lease that ran out, locked for a while. */
export interface Lapse {
  readonly id: bigint;
  readonly owner: Address;
  readonly amount: Udmc;
  readonly height: number;
  readonly releaseHeight: number;
}

/** What an amount was lost for: a refuted leaf, a selected batch never opened, a wrong audit, a wrong challenge. */
export type SlashKind = 'Leaf' | 'Withheld' | 'Audit' | 'Challenge';

/** Why somebody gets a share of a slashed amount. */
export type SlashRole = 'Prover' | 'Requester' | 'Referee' | 'Opponent';

export interface SlashShare {
  readonly recipient: Address;
  readonly role: SlashRole;
  readonly amount: Udmc;
}

/** An amount that waits in `slash_hold` until it is released or reversed. */
export interface Slash {
  readonly id: bigint;
  readonly kind: SlashKind;
  /** The worker's owner, or the challenger, whose amount it was. */
  readonly owner: Address;
  readonly amount: Udmc;
  readonly jobId: bigint;
  readonly batch: number;
  readonly epoch: number;
  readonly height: number;
  readonly releaseHeight: number;
  /** Paid at the release; the rest of the amount is burned. */
  readonly shares: readonly SlashShare[];
}

/** The rules that keep a worker out of every draw; `lot`: its bond fills none. */
export const workerRules = ['paused', 'set_aside', 'jailed', 'tombstoned', 'lot', 'rate', 'load'] as const;

export type WorkerRule = (typeof workerRules)[number];

/** A worker with what the chain derives from its record. */
export interface WorkerRecord {
  readonly worker: Worker;
  readonly reputation: number;
  /** What keeps it out of every draw; empty when it can be drawn. */
  readonly keptOut: readonly WorkerRule[];
  /** Lapses whose bond is not released yet. */
  readonly lapses: readonly Lapse[];
}
