import { type Proposal as WireProposal, ProposalStatus as WireStatus } from 'cosmjs-types/cosmos/gov/v1/gov';
import { QueryProposalsRequest, QueryProposalsResponse } from 'cosmjs-types/cosmos/gov/v1/query';
import type { Timestamp } from 'cosmjs-types/google/protobuf/timestamp';
import type { Page, PageRequest } from '../../types/page.js';
import type { Proposal, ProposalStatus, Tally } from '../../types/proposal.js';
import { denom } from '../coin.js';
import type { CosmosContext } from '../context.js';
import { amount, named, present } from '../convert/scalar.js';
import { query, toPage, wirePage } from '../query.js';

const statuses: ReadonlyMap<WireStatus, ProposalStatus> = new Map([
  [WireStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD, 'Deposit'],
  [WireStatus.PROPOSAL_STATUS_VOTING_PERIOD, 'Voting'],
  [WireStatus.PROPOSAL_STATUS_PASSED, 'Passed'],
  [WireStatus.PROPOSAL_STATUS_REJECTED, 'Rejected'],
  [WireStatus.PROPOSAL_STATUS_FAILED, 'Failed'],
]);

/** Proposals, those that are over too. */
export const listProposals = (context: CosmosContext, page: PageRequest = {}): Promise<Page<Proposal>> =>
  query(context, {
    path: 'cosmos.gov.v1.Query/Proposals',
    request: QueryProposalsRequest,
    response: QueryProposalsResponse,
    message: QueryProposalsRequest.fromPartial({ pagination: wirePage(page) }),
    convert: ({ proposals, pagination }) => toPage(proposals, pagination, toProposal),
    subject: ['proposals of', context.chainId],
  });

const NANOS_A_MILLI = 1_000_000;

const timeOf = (time: Timestamp | undefined): Date | undefined =>
  time && new Date(Number(time.seconds) * 1_000 + Math.floor(time.nanos / NANOS_A_MILLI));

const toProposal = (proposal: WireProposal): Proposal => {
  const status = named(statuses.get(proposal.status), 'proposal status');
  return {
    id: proposal.id,
    proposer: proposal.proposer,
    title: proposal.title,
    summary: proposal.summary,
    messages: proposal.messages.map(({ typeUrl }) => typeUrl),
    status,
    expedited: proposal.expedited,
    deposit: amount(proposal.totalDeposit.find((coin) => coin.denom === denom)?.amount ?? ''),
    submitTime: present(timeOf(proposal.submitTime), 'submit time'),
    depositEndTime: timeOf(proposal.depositEndTime),
    votingStartTime: timeOf(proposal.votingStartTime),
    votingEndTime: timeOf(proposal.votingEndTime),
    tally: tallyOf(proposal, status),
    failedReason: proposal.failedReason,
  };
};

/** The chain has zeros until the first count. */
const tallyOf = ({ finalTallyResult: tally }: WireProposal, status: ProposalStatus): Tally | undefined => {
  if (tally === undefined || status === 'Deposit') return undefined;
  const counted = {
    yes: amount(tally.yesCount),
    abstain: amount(tally.abstainCount),
    no: amount(tally.noCount),
    noWithVeto: amount(tally.noWithVetoCount),
  };
  const none = Object.values(counted).every((votes) => votes === 0n);
  return status === 'Voting' && none ? undefined : counted;
};
