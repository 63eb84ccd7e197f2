/** Every number of the protocol that the simulator uses, as in the chain's genesis. Blocks, udmc, basis points. */
export interface Rules {
  readonly feeBps: number;
  readonly auditFloor: bigint;
  readonly demandDeposit: bigint;
  readonly candidates: number;
  readonly drawTries: number;
  readonly coinHeights: number;
  readonly acceptBlocks: number;
  readonly leaseBlocks: number;
  readonly openBlocks: number;
  readonly challengeBlocks: number;
  readonly demandBlocks: number;
  readonly drawsPerBlock: number;
  readonly reportLimit: number;
  readonly lot: bigint;
  readonly maxLots: number;
  readonly maxLoad: number;
  readonly missedLimit: number;
  readonly leaseLockBps: number;
  readonly lapseWindow: number;
  readonly lapseLock: number;
  readonly audit: AuditRules;
}

/** What decides about audits, disputes and what they cost. */
export interface AuditRules {
  /** A unit's bond as a multiple of its price at the gas limit. */
  readonly bondFactor: number;
  /** With what probability the coin of a worker with a record hits at one height. */
  readonly chanceAHeight: number;
  /** The same of a certain coin, which hits at the last height in any case. */
  readonly certainChance: number;
  /** Matched audits since the last fraud from which on a worker's coin is no longer certain. */
  readonly record: number;
  /** k, and below `smallBatch` units a batch `smallSamples`. */
  readonly samples: number;
  readonly smallSamples: number;
  readonly smallBatch: number;
  /** j. */
  readonly auditors: number;
  readonly auditBlocks: number;
  readonly auditRounds: number;
  readonly withheldBlocks: number;
  readonly holdBlocks: number;
  readonly jailBlocks: number;
  /** Of a forfeited bond, to the drawn auditor that proved the fraud and to the requester. */
  readonly proverBps: number;
  /** Of a bond that was forfeited because the batch was never opened, to the auditors that posted. */
  readonly withheldProverBps: number;
  /**
   * What follows from a leaf key that is shown before the audits: a certain audit, or a vote on the samples; and whether whoever
   * shows it pays for that. Where it costs nothing, the worker starts its record anew.
   */
  readonly shownKey: { readonly audited: boolean; readonly costs: boolean };
  readonly requesterBps: number;
  /** Whether what was set aside for the audits of a batch goes to its worker where none of the drawn auditors could post. */
  readonly unpostedCosts: boolean;
  /** Disputes that may wait at once: with more no challenge is taken. */
  readonly openDisputes: number;
  /** What the referees get for a dispute (udmc). */
  readonly refereeCost: bigint;
}

/** p, the probability that a coin hits at one of the m heights. */
export const probabilityOf = ({ coinHeights, audit }: Rules): number =>
  1 - (1 - audit.chanceAHeight) ** coinHeights;

/** k of a batch of n units. */
export function samplesOf({ samples, smallSamples, smallBatch }: AuditRules, units: number): number {
  return units < smallBatch ? smallSamples : Math.min(samples, units);
}
