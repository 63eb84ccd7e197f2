import type { Address, Bytes32, LeaseId, Price, Udmc, UnitId } from './primitives.js';

/** State of a batch, by the names of the protocol's table. */
export type BatchState =
  | 'Queued'
  | 'Offered'
  | 'Leased'
  | 'Committed'
  | 'AuditWait'
  | 'Opening'
  | 'Challenge'
  | 'Demanded'
  | 'Disputed'
  | 'Voting'
  | 'Fraud'
  | 'Withheld'
  | 'Final'
  | 'Ended';

/** What was fixed when a worker was drawn for a batch. */
export interface Lease {
  /** The owner. */
  readonly worker: Address;
  readonly ask: Price;
  /** Registered at the draw, in gas a block. */
  readonly rate: bigint;
  /** What the lease locks, n*s. */
  readonly bond: Udmc;
  /** True once the bond is locked. */
  readonly bonded: boolean;
  readonly drawnHeight: number;
  /** Accounts of the referees that were drawn to open for the worker. */
  readonly openers: readonly Address[];
}

/** What the chain keeps of a commit; the rest stays in the transaction at `height`. */
export interface Commitment {
  readonly commitment: Bytes32;
  /** SHA-256 of the encrypted outputs. */
  readonly outputsHash: Bytes32;
  readonly height: number;
  /** The beacon's live count at which the coin heights are over. */
  readonly liveTarget: number;
  /** Probability of an audit in basis points. */
  readonly auditBps: number;
  /** Height at which K was shown before the opening, which makes the audit certain. */
  readonly keyShownHeight?: number;
}

/** An epoch of a batch that is audited. */
export interface Selection {
  /** Whose seed decides who audits which units. */
  readonly height: number;
  /** Audits that are posted or expected. */
  readonly auditors: number;
  readonly posted: number;
  /** Times that auditors were waited for, from 0. */
  readonly round: number;
  /** True where the posted audits equal the opening. */
  readonly matched: boolean;
  /** True once the fees are paid. */
  readonly settled: boolean;
}

/** A unit of an opened batch about which referees decide. */
export interface DisputedUnit {
  /** The worker's. */
  readonly leaf: Leaf;
  /** Absent while nobody posted the input. */
  readonly disputeId?: bigint;
}

/** What the chain keeps of an opening; the leaves stay in the transaction at `height`. */
export interface Opening {
  readonly root: Bytes32;
  readonly gasTotal: bigint;
  readonly opener: Address;
  readonly height: number;
}

/** A request to show one output on chain. */
export interface Demand {
  readonly unit: number;
  /** Goes to whoever posts the output. */
  readonly deposit: Udmc;
  /** Blocks of the challenge window that are left. */
  readonly remaining: number;
}

/** n consecutive units of a job: what is leased, committed, opened and paid. */
export interface Batch {
  readonly jobId: bigint;
  readonly index: number;
  /** The batch's real length. */
  readonly units: number;
  readonly epoch: number;
  readonly state: BatchState;
  /** Height at which the state ends by itself; 0 in Final and Ended. */
  readonly deadline: number;
  /** Of this epoch; in Queued the one of the epoch before, while that may still be opened. */
  readonly lease?: Lease;
  readonly commitment?: Commitment;
  readonly opening?: Opening;
  readonly demand?: Demand;
  /** True once the batch's one demand was used in this epoch. */
  readonly demanded: boolean;
  /** The earlier epoch that was committed, not opened in time, and may still be opened. */
  readonly lateOpen?: number;
  readonly selection?: Selection;
  /** Units that are not decided yet; the first one is what Disputed and Voting wait for. */
  readonly disputes: readonly DisputedUnit[];
  /** Units that were decided for the worker, for good. */
  readonly settledUnits: readonly number[];
}

/** The outcome of one unit. */
export interface Leaf {
  /** Counts over the whole job. */
  readonly unit: number;
  /** Number of the execution profile's status, 0 for OK. */
  readonly status: number;
  /** 0 unless the unit exited by itself. */
  readonly exitCode: number;
  readonly gas: bigint;
  /** SHA-256 of the output. */
  readonly outputHash: Bytes32;
}

/** A batch key for one recipient. */
export interface WrappedKey {
  /** 0 for K (seals the leaves), 1 for K_out (encrypts the outputs). */
  readonly kind: 0 | 1;
  readonly recipient: Address;
  /** `enc || ct` of HPKE base mode. */
  readonly data: Uint8Array;
}

/** What a worker commits itself to. */
export interface CommitBody {
  readonly commitment: Bytes32;
  /** 45 bytes a unit and a tag of 16. */
  readonly sealedLeaves: Uint8Array;
  readonly wrappedKeys: readonly WrappedKey[];
  /** SHA-256 of the encrypted outputs. */
  readonly outputsHash: Bytes32;
  /** Base URLs of blob stores that hold the encrypted outputs. */
  readonly locators: readonly string[];
}

/** A commit as it stands in a block. */
export interface CommitRecord extends LeaseId, CommitBody {
  readonly operator: Address;
  readonly height: number;
  readonly txHash: string;
}

/** What opens a commitment. */
export interface OpenBody {
  /** K. */
  readonly key: Bytes32;
  readonly gasTotal: bigint;
  /** Of all units of the batch, in order. */
  readonly leaves: readonly Leaf[];
}

/** An opening as it stands in a block. */
export interface OpenRecord extends LeaseId, OpenBody {
  readonly opener: Address;
  readonly height: number;
  readonly txHash: string;
}

/** A Merkle proof as in RFC 6962; the leaf's hash is computed from the leaf. */
export interface MerkleProof {
  readonly total: bigint;
  readonly index: bigint;
  readonly aunts: readonly Bytes32[];
}

/** An output with the proof that it is what was committed. */
export interface OutputBody {
  readonly leaf: Leaf;
  readonly proof: MerkleProof;
  /** At most 512 KiB. */
  readonly output: Uint8Array;
}

/** A posted output as it stands in a block. */
export interface OutputRecord extends UnitId, OutputBody {
  readonly poster: Address;
  readonly height: number;
  readonly txHash: string;
}
