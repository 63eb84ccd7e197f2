import type { Proposal, ProposalStatus, VoteOption } from '../../types/proposal.js';
import type { Validator } from '../../types/stake.js';
import * as wire from '../gen/dmcn/census/v1/census.js';
import type { EventProposalVoted } from '../gen/dmcn/census/v1/events.js';
import { ShapeError } from '../rpc/shape.js';
import { amount, count, named, present } from './scalar.js';

const DECIMALS = 18;

/** A decimal number without the zeros at its end, from the chain's text with 18 decimals. */
export const decimal = (text: string): string => {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new ShapeError([text.slice(0, 20)], 'a decimal number');
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

/** A decimal number from the chain's integer of 10^-18. */
export const decimalOfAtto = (text: string): string => {
  const digits = amount(text)
    .toString()
    .padStart(DECIMALS + 1, '0');
  return decimal(`${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
};

/** Bytes as blocks name their proposers. */
export const consensusName = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

const validatorStatuses: ReadonlyMap<number, Validator['status']> = new Map([
  [wire.ValidatorStatus.VALIDATOR_STATUS_UNBONDED, 'unbonded'],
  [wire.ValidatorStatus.VALIDATOR_STATUS_UNBONDING, 'unbonding'],
  [wire.ValidatorStatus.VALIDATOR_STATUS_BONDED, 'bonded'],
]);

export const toValidator = (validator: wire.Validator): Validator => ({
  operator: validator.operator,
  moniker: validator.moniker,
  status: named(validatorStatuses.get(validator.status), 'validator status'),
  jailed: validator.jailed,
  stake: amount(validator.tokens),
  commission: decimal(validator.commission),
  consensusAddress: consensusName(validator.consensusAddress),
});

const proposalStatuses: ReadonlyMap<number, ProposalStatus> = new Map([
  [wire.ProposalStatus.PROPOSAL_STATUS_DEPOSIT, 'Deposit'],
  [wire.ProposalStatus.PROPOSAL_STATUS_VOTING, 'Voting'],
  [wire.ProposalStatus.PROPOSAL_STATUS_PASSED, 'Passed'],
  [wire.ProposalStatus.PROPOSAL_STATUS_REJECTED, 'Rejected'],
  [wire.ProposalStatus.PROPOSAL_STATUS_FAILED, 'Failed'],
]);

const timeOf = (milliseconds: bigint): Date | undefined =>
  milliseconds === 0n ? undefined : new Date(count(milliseconds));

export const toProposal = (proposal: wire.Proposal): Proposal => ({
  id: proposal.id,
  proposer: proposal.proposer,
  title: proposal.title,
  summary: proposal.summary,
  messages: proposal.messages,
  status: named(proposalStatuses.get(proposal.status), 'proposal status'),
  expedited: proposal.expedited,
  deposit: amount(proposal.deposit),
  submitTime: present(timeOf(proposal.submitTime), 'submit_time'),
  depositEndTime: timeOf(proposal.depositEndTime),
  votingStartTime: timeOf(proposal.votingStartTime),
  votingEndTime: timeOf(proposal.votingEndTime),
  tally: proposal.tally && {
    yes: amount(proposal.tally.yes),
    abstain: amount(proposal.tally.abstain),
    no: amount(proposal.tally.no),
    noWithVeto: amount(proposal.tally.noWithVeto),
  },
  failedReason: proposal.failedReason,
});

const voteOptions: ReadonlySet<string> = new Set(['yes', 'abstain', 'no', 'no_with_veto']);

const isVoteOption = (option: string): option is VoteOption['option'] => voteOptions.has(option);

export const toVote = ({ proposalId, voter, options }: EventProposalVoted) => ({
  proposalId,
  voter,
  options: options.map(({ option, weight }) => ({
    option: named(isVoteOption(option) ? option : undefined, 'vote option'),
    weight: decimal(weight),
  })),
});
