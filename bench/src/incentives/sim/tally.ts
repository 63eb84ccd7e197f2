/** What a party did and what became of it. Amounts in udmc, gas in gas. */
export interface Tally {
  leasedUnits: number;
  finalUnits: number;
  wrongUnits: number;
  audits: number;
  /** Income less cost of each kind of doing. */
  work: bigint;
  auditing: bigint;
  /** Challenges, demands, bribes, jobs of its own. */
  other: bigint;
  slashed: bigint;
  frauds: number;
  /** Batches with a wrong leaf that it committed, selected ones, and those that a fraud verdict or a withheld bond ended. */
  wrongBatches: number;
  selectedWrong: number;
  caughtBatches: number;
  /** Of each fraud: blocks and wrong batches since the first wrong commit of that owner. */
  caughtAfterBlocks: number[];
  caughtAfterBatches: number[];
}

export const newTally = (): Tally => ({
  ...{ leasedUnits: 0, finalUnits: 0, wrongUnits: 0, audits: 0, work: 0n, auditing: 0n, other: 0n },
  ...{ slashed: 0n, frauds: 0, wrongBatches: 0, selectedWrong: 0, caughtBatches: 0 },
  ...{ caughtAfterBlocks: [], caughtAfterBatches: [] },
});

/** What a vote brought those who execute the unit and those who do not (udmc), and how many votes each of them gave. */
export interface Refereed {
  votes: number;
  honest: bigint;
  lazy: bigint;
}

/** Gas that was executed, by whom. */
export interface Gas {
  work: bigint;
  audit: bigint;
  referee: bigint;
  verify: bigint;
  /** Gas of the units that became Final. */
  useful: bigint;
}

export const newGas = (): Gas => ({ work: 0n, audit: 0n, referee: 0n, verify: 0n, useful: 0n });

/** All gas executed by anyone over the gas of accepted units. */
export function computeOverUseful({ work, audit, referee, verify, useful }: Gas): number {
  return Number(work + audit + referee + verify) / Number(useful);
}
