import type { Rules } from '../rules.js';
import type { Purpose } from './random.js';
import type { JobTerms, Prices } from './terms.js';

/** An owner with its worker. */
export interface Worker {
  readonly id: number;
  readonly party: Party;
  bond: bigint;
  locked: bigint;
  /** Of offers. */
  reserved: bigint;
  load: number;
  status: 'active' | 'set-aside' | 'jailed' | 'tombstoned';
  missed: number;
  /** Matched audits since the last fraud. */
  standing: number;
  availability: number;
  finals: number;
  frauds: number;
  lapses: number[];
  /** Wrong batches that it committed, and the height of the first. */
  wrong: number;
  firstWrong: number;
}

/** What a lease-holder commits. */
export interface Work {
  /** One number a unit: 0 for what an honest run gives, anything else for one wrong leaf. Equal numbers are equal leaves. */
  readonly leaves: readonly number[];
  /** Units that it executed for that. */
  readonly executed: number;
  /** Gas that each leaf claims. Another than the units take makes every leaf wrong. */
  readonly gas: bigint;
  /** The keys that it wrapped for the drawn referees open nothing. */
  readonly badKeys?: boolean;
  /** It told its leaves to whoever wants to copy them. */
  readonly leaked?: boolean;
  /** Blocks that it waits with its commit. */
  readonly delay?: number;
}

/** What an auditor does: execute its samples, stay away, post something made up, or post the worker's own leaves. */
export type AuditChoice = 'execute' | 'stay-away' | 'guess' | 'match';

/** How an owner plays. What is left out is done as an honest one does it. */
export interface Behaviour {
  readonly name: string;
  accepts?(view: View, worker: Worker, batch: Batch): boolean;
  /** Once a lease is held: what it will commit, or that it lets the lease run out or reports a missing input. */
  work?(view: View, worker: Worker, batch: Batch): Work | 'lapse' | 'report';
  opens?(view: View, worker: Worker, batch: Batch): boolean;
  audits?(view: View, worker: Worker, batch: Batch): AuditChoice;
  /** When a batch of its own is opened and stands in Challenge: the unit that an account of its own challenges. */
  challenges?(view: View, worker: Worker, batch: Batch): number | undefined;
  /** After each epoch of one of its leases ended, whichever way. */
  ended?(view: View, worker: Worker, batch: Batch): void;
}

/** Owners that play together and share their profit. */
export interface Party {
  readonly name: string;
  readonly behaviour: Behaviour;
  /** Owners, and the bond of each (udmc). */
  readonly owners: number;
  readonly bond: bigint;
  /** udmc per 10^9 gas, the job's highest price where it is left out. */
  readonly ask?: bigint;
  /** Its auditors match the leaves of its workers, and its validators give up slots whose coin displeases it. */
  readonly colludes?: boolean;
  /** Matched audits that its owners start with. */
  readonly record?: number;
  /** Final batches that its owners start with. */
  readonly finals?: number;
  /** A jailed owner withdraws what is left and registers anew with the same bond. */
  readonly returns?: boolean;
  /** It registers anew for each batch, so that its coin is always certain. */
  readonly anew?: boolean;
  /** What it pays each honest auditor that was drawn for a wrong batch of its own, to match (udmc). */
  readonly bribe?: (view: View, batch: Batch) => bigint;
}

/** How requesters play. */
export interface RequesterBehaviour {
  readonly name: string;
  /** Share of units that it executes itself, to challenge what differs. */
  readonly verify?: number;
  /** It accepts a batch in Challenge at once. */
  readonly accepts?: boolean;
  /** It demands an output of each batch. */
  readonly demands?: boolean;
  /** Its inputs cannot be fetched: from the start, or once the batch is committed. */
  readonly inputs?: 'never' | 'until-commit';
  /** Blocks until its jobs' deadline. */
  readonly deadline?: number;
  /** It submits the party's own jobs, which only that party's workers fit. */
  readonly own?: string;
}

/** Whoever was away: workers by their share of all, or the chain itself, which makes no block meanwhile. Clock in blocks' time. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly workers: number | 'chain';
  /** Scatters who is away; outages with the same key hit the same workers. */
  readonly key: number;
}

/** What a run is made of. */
export interface Scenario {
  readonly rules: Rules;
  readonly seed: number;
  readonly terms: JobTerms;
  readonly jobs: number;
  /** Blocks from one job to the next. */
  readonly spacing: number;
  readonly parties: readonly Party[];
  readonly requester: RequesterBehaviour;
  /** Submits every second job. */
  readonly griefer?: RequesterBehaviour;
  /** Honest cost of 10^9 gas (udmc). */
  readonly cost: bigint;
  /** All have the same power; the first `byzantine` of them, which propose one after the other, collude with the parties that collude. */
  readonly validators: number;
  readonly byzantine: number;
  /** Validators that vote for the worker's leaf without executing anything. */
  readonly lazyReferees?: number;
  /** Byzantine openers show the keys of batches that are not their friends'. */
  readonly showKeys?: boolean;
  /** Colluding auditors copy the leaves of batches of which a friend is a drawn opener. */
  readonly peeks?: boolean;
  /** Probability with which an output can be guessed without executing the unit. */
  readonly foreseeable?: number;
  /** Share of the other auditors that copy leaked leaves. */
  readonly copying?: number;
  readonly outages?: readonly Outage[];
}

export type Kind = 'work' | 'auditing' | 'other';

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
  | 'Final'
  | 'Ended';

/** One auditor's part in an epoch. */
export interface Audit {
  readonly auditor: Worker;
  readonly round: number;
  /** Sampled positions. */
  readonly samples: readonly number[];
  /** Leaves that it posted for them, none where it has not posted. Its deposit is locked from then on. */
  post?: readonly number[];
  paid?: boolean;
}

/** A batch in its current epoch. The earlier ones leave nothing but what they paid. */
export interface Batch {
  readonly id: number;
  readonly job: Job;
  state: BatchState;
  epoch: number;
  /** Grows with each change, so that what was put down for an earlier state can tell. */
  version: number;
  holder?: Worker | undefined;
  work?: Work | undefined;
  /** Height and clock of the commit. */
  committed: number;
  /** The coin's heights left. */
  window: number;
  /** Its coin hits for certain. */
  certain: boolean;
  selected: boolean;
  /** Its key was shown on chain before the opening. */
  shown: boolean;
  audits: Audit[];
  round: number;
  /** Height at which the challenge window ends. */
  challengeEnd: number;
  /** Positions that a verdict settled. */
  settled: Set<number>;
  demanded: boolean;
  /** Its outputs could be read, all right. */
  read: boolean;
  /** Leaves that an earlier epoch showed. */
  known?: readonly number[] | undefined;
}

export interface Job {
  readonly id: number;
  readonly prices: Prices;
  readonly requester: string;
  readonly asks: RequesterBehaviour;
  readonly deadline: number;
  /** Workers kept out: by a lapse, or by a report until the requester confirms. */
  readonly lapsed: Set<number>;
  readonly reported: Set<number>;
  /** Of the escrow. */
  remaining: bigint;
  live: number;
  /** Only this party's workers fit. */
  readonly only?: string | undefined;
  suspendedUntil: number;
}

/** What a player may look at. */
export interface View {
  readonly scenario: Scenario;
  readonly height: number;
  /** A number in [0, 1) of this run. */
  chance(purpose: Purpose, a: number, b?: number, c?: number, d?: number): number;
}
