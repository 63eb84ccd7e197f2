import type { Price, Udmc } from './primitives.js';

/** Parameters of worker registration. Durations are numbers of blocks. */
export interface WorkerParams {
  /** Bond of one slot in the draw, and the least bond. */
  readonly lot: Udmc;
  readonly maxAsk: Price;
  /** Lowest rate that can be registered, in gas a block. */
  readonly minRate: bigint;
  readonly maxLots: number;
  /** Most batches that one worker holds at once. */
  readonly maxLoad: number;
  /** Offers missed in a row that set a worker aside. */
  readonly missedLimit: number;
  /** Part of a bond that leases may lock, in basis points. */
  readonly leaseLockBps: number;
  readonly lapseWindow: number;
  readonly lapseLock: number;
}

/** Parameters of jobs and batches. Durations are numbers of blocks. */
export interface TaskParams {
  readonly moduleDepositPerByte: Udmc;
  readonly minPrice: Price;
  readonly maxGasLimit: bigint;
  /** The community's part on top of pay, in basis points. */
  readonly feeBps: number;
  readonly auditFloor: Udmc;
  readonly demandDeposit: Udmc;
  /** Workers drawn for a batch, of which the best gets the offer. */
  readonly candidates: number;
  readonly drawTries: number;
  /** Heights after a commit among which the coin is spread. */
  readonly coinHeights: number;
  readonly acceptBlocks: number;
  readonly leaseBlocks: number;
  readonly openBlocks: number;
  readonly challengeBlocks: number;
  readonly demandBlocks: number;
  /** Longest time from submission to a job's deadline. */
  readonly maxDeadline: number;
  readonly drawsPerBlock: number;
  readonly deadlinesPerBlock: number;
  /** Owners whose reports of missing inputs suspend a job. */
  readonly reportLimit: number;
  /** For how long the batches of a job stay in the state after its end. */
  readonly retentionBlocks: number;
  readonly prunesPerBlock: number;
}

/** Parameters of the beacon. */
export interface BeaconParams {
  /** Blocks until a registered key takes effect. */
  readonly keyDelay: number;
  /** Number of recent seeds that are kept. */
  readonly history: number;
}
