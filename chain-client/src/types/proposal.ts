import type { Address, Udmc } from './primitives.js';

export type ProposalStatus = 'Deposit' | 'Voting' | 'Passed' | 'Rejected' | 'Failed';

/** Votes by the stake behind them. */
export interface Tally {
  readonly yes: Udmc;
  readonly abstain: Udmc;
  readonly no: Udmc;
  readonly noWithVeto: Udmc;
}

/** What somebody asked the validators and their delegators to decide. */
export interface Proposal {
  readonly id: bigint;
  readonly proposer: Address;
  readonly title: string;
  readonly summary: string;
  /** Types of what it would do, as in `/dmcn.task.v1.MsgUpdateParams`. */
  readonly messages: readonly string[];
  readonly status: ProposalStatus;
  readonly expedited: boolean;
  readonly deposit: Udmc;
  readonly submitTime: Date;
  readonly depositEndTime: Date | undefined;
  readonly votingStartTime: Date | undefined;
  readonly votingEndTime: Date | undefined;
  /** Of the last count; undefined until the first. */
  readonly tally: Tally | undefined;
  /** Empty unless it failed or was rejected. */
  readonly failedReason: string;
}

/** A choice with its part of a vote. */
export interface VoteOption {
  readonly option: 'yes' | 'abstain' | 'no' | 'no_with_veto';
  /** A decimal number above 0 and at most 1. */
  readonly weight: string;
}
