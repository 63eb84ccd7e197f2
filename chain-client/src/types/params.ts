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
  /** For how long slashed amounts wait so that governance can reverse them. */
  readonly slashHoldBlocks: number;
  /** For how long a slashed worker is kept out of every draw. */
  readonly jailBlocks: number;
  /** Part of a slashed amount for whoever proved the fraud, in basis points. */
  readonly slashProverBps: number;
  readonly slashRequesterBps: number;
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
  /** What the coin of a height is compared with for an audit rate of 0.2; all three are 0 where nothing is audited. */
  readonly coinThreshold2000: bigint;
  readonly coinThreshold5000: bigint;
  readonly coinThreshold10000: bigint;
  readonly coinsPerBlock: number;
  /** For how long auditors are waited for in a round. */
  readonly auditBlocks: number;
  /** For how long the input of a disputed unit is waited for. */
  readonly dataBlocks: number;
  /** How long referees have, given once more if they need it. */
  readonly verdictBlocks: number;
  /** For how long the bond of a selected batch that was not opened waits for a late opening. */
  readonly withheldBlocks: number;
  /** Matched audits up to which all of a worker's batches are audited. */
  readonly standingAudits: number;
  /** Lowest `maxPrice` of a job whose batches earn standing. */
  readonly standingPrice: Price;
  readonly maxDisputes: number;
}

/** Parameters of audits and disputes. Durations are numbers of blocks. */
export interface AuditParams {
  readonly drawsPerBlock: number;
  readonly drawTries: number;
  /** Audits that one worker is drawn for at once. */
  readonly maxOpenAudits: number;
  readonly disputesPerBlock: number;
  /** Disputes that wait for referees at once. */
  readonly openDisputes: number;
  /** Least deposit of a challenge. */
  readonly refereeCost: Udmc;
  /** How long commits stay open after 2/3 of the power committed. */
  readonly commitGraceBlocks: number;
  /** Blocks in which at most `absenceBps` of the power are jailed for absence. */
  readonly absenceWindow: number;
  readonly absenceBps: number;
}

/** Parameters of the beacon. */
export interface BeaconParams {
  /** Blocks until a registered key takes effect. */
  readonly keyDelay: number;
  /** Number of recent seeds that are kept. */
  readonly history: number;
}
