/** An account in the chain's own text form (bech32 with prefix `dmcn` on Cosmos). One account has one text form. */
export type Address = string;

/** Identity of a transaction or block as the chain prints it (upper-case hex on Cosmos). Opaque: compare, print and store it. */
export type ChainHash = string;

/** A number of udmc, the smallest unit: 1 DMC = 10^6 udmc. */
export type Udmc = bigint;

/** A price: udmc for 10^9 gas. */
export type Price = bigint;

/** 32 bytes: a SHA-256, a Merkle root or a key. */
export type Bytes32 = Uint8Array;

/** Names a batch of a job. */
export interface BatchId {
  readonly jobId: bigint;
  readonly batch: number;
}

/** Names one lease of a batch: epochs count leases from 0. */
export interface LeaseId extends BatchId {
  readonly epoch: number;
}

/** Names one unit within one lease. `unit` counts over the whole job. */
export interface UnitId extends LeaseId {
  readonly unit: number;
}
