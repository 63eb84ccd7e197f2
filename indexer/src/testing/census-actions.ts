import type { Proposal, Validator, VoteOption } from '@dmcn/chain-client';
import type { Network } from './network.js';

const GENESIS = 1_000_000n;
const VALIDATORS = 4;
const VOTES: readonly VoteOption['option'][] = ['yes', 'no', 'abstain', 'no_with_veto'];

export const startSupply = (net: Network): void => {
  net.supply = { total: GENESIS, minted: 0n, burned: 0n };
  net.emit('SupplyStarted', { supply: GENESIS });
};

/** Mints, or burns at some heights. */
export const moveSupply = (net: Network): void => {
  if (net.supply === undefined) {
    startSupply(net);
    return;
  }
  const amount = BigInt(1 + (net.height % 7));
  const burns = net.height % 3 === 0;
  if (burns) net.supply.burned += amount;
  else net.supply.minted += amount;
  net.supply.total += burns ? -amount : amount;
  net.emit(burns ? 'Burned' : 'Minted', { account: 'dmcn1account', amount });
};

const statuses: readonly Validator['status'][] = ['bonded', 'unbonding', 'unbonded'];

/** A validator is new, has another stake or status, is jailed or not any more, or is gone. */
export const changeValidator = (net: Network): void => {
  const operator = `dmcnvaloper1${'abcd'[net.height % VALIDATORS]}`;
  const before = net.validators.get(operator);
  const after: Validator | undefined =
    before !== undefined && net.height % 5 === 0
      ? undefined
      : {
          operator,
          moniker: `validator ${operator.at(-1)}`,
          status: statuses[net.height % statuses.length] ?? 'bonded',
          jailed: net.height % 4 === 0,
          stake: (before?.stake ?? 1_000n) + BigInt(net.height % 9),
          commission: `0.${1 + (net.height % 8)}`,
          consensusAddress: operator.toUpperCase(),
        };
  if (after === undefined) net.validators.delete(operator);
  else net.validators.set(operator, after);
  net.emit('ValidatorChanged', { before, after });
};

const tell = (net: Network, id: bigint, next: Partial<Proposal>): void => {
  const known = net.proposals.get(id);
  if (known === undefined) return;
  known.proposal = { ...known.proposal, ...next };
  net.emit('ProposalChanged', { proposal: known.proposal });
};

export const propose = (net: Network): void => {
  const id = BigInt(net.proposals.size + 1);
  const submitTime = new Date(1_700_000_000_000 + net.height * 1_000);
  const proposal: Proposal = {
    id,
    proposer: 'dmcn1proposer',
    title: `proposal ${id}`,
    summary: 'changes something',
    messages: ['/dmcn.task.v1.MsgUpdateParams'],
    status: 'Deposit',
    expedited: false,
    deposit: 10n,
    submitTime,
    depositEndTime: new Date(submitTime.getTime() + 60_000),
    votingStartTime: undefined,
    votingEndTime: undefined,
    tally: undefined,
    failedReason: '',
  };
  net.proposals.set(id, { proposal, ended: undefined, voters: new Set() });
  net.emit('ProposalChanged', { proposal });
};

/** What happens next to a proposal that is not over. */
export const moveProposal = (net: Network, id: bigint): void => {
  const known = net.proposals.get(id);
  if (known === undefined || known.ended !== undefined) return;
  const { status } = known.proposal;
  if (status === 'Deposit' && net.height % 4 === 0) {
    known.ended = net.height % 8 === 0 ? 'dropped' : 'cancelled';
    net.emit('ProposalEnded', { proposalId: id, cause: known.ended });
  } else if (status === 'Deposit') {
    const votingStartTime = new Date(1_700_000_000_000 + net.height * 1_000);
    tell(net, id, { status: 'Voting', deposit: 100n, votingStartTime, votingEndTime: votingStartTime });
  } else if (status === 'Voting' && known.voters.size < 3) {
    const voter = `dmcn1voter${net.height % 3}`;
    known.voters.add(voter);
    const option = VOTES[net.height % VOTES.length] ?? 'yes';
    net.emit('ProposalVoted', { proposalId: id, voter, options: [{ option, weight: '1' }] });
  } else if (status === 'Voting') {
    const tally = { yes: 3n, abstain: 0n, no: BigInt(net.height), noWithVeto: 0n };
    tell(net, id, { status: net.height % 2 === 0 ? 'Passed' : 'Rejected', tally });
  }
};
