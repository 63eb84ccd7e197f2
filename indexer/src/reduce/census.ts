import type { Proposal, Validator } from '@dmcn/chain-client';
import { type Change, put, set } from '../model/change.js';
import { periodSizes, periodStart } from '../model/period.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import type { Reducer } from './reducer.js';
import { tally } from './totals.js';
import { putValidator } from './validator.js';

interface Move {
  readonly minted?: bigint;
  readonly burned?: bigint;
  /** Coins that were there before the first block. */
  readonly started?: bigint;
}

const moveSupply = (
  state: State,
  height: number,
  { minted = 0n, burned = 0n, started = 0n }: Move,
): readonly Change[] => {
  const moved = started + minted - burned;
  const supply = (state.get('totals', 1)?.supply ?? 0n) + moved;
  const { time } = must(state, 'blocks', height);
  return [
    tally(state, { supply: moved, minted, burned }),
    ...periodSizes.map((size) => {
      const start = periodStart(size, time);
      const before = state.get('supplyPeriods', size, start);
      return put('supplyPeriods', {
        size,
        start,
        minted: (before?.minted ?? 0n) + minted,
        burned: (before?.burned ?? 0n) + burned,
        supply,
      });
    }),
  ];
};

export const supplyStarted: Reducer<'SupplyStarted'> = (state, { supply }, { height }) =>
  moveSupply(state, height, { started: supply });

export const minted: Reducer<'Minted'> = (state, { amount }, { height }) =>
  moveSupply(state, height, { minted: amount });

export const burned: Reducer<'Burned'> = (state, { amount }, { height }) =>
  moveSupply(state, height, { burned: amount });

const weightOf = (status: Validator['status'] | null, stake: bigint) =>
  status === 'bonded' ? { staked: stake, bondedValidators: 1n } : { staked: 0n, bondedValidators: 0n };

export const validatorChanged: Reducer<'ValidatorChanged'> = (state, { before, after }, { height }) => {
  const operator = (after ?? before)?.operator;
  if (operator === undefined) return [];
  const row = state.get('validators', operator);
  const old = weightOf(row?.status ?? null, row?.stake ?? 0n);
  const now = weightOf(after?.status ?? null, after?.stake ?? 0n);
  return [
    putValidator(state, operator, () => ({
      ...(after === undefined
        ? { status: null, stake: 0n, isJailed: false }
        : {
            moniker: after.moniker,
            status: after.status,
            isJailed: after.jailed,
            stake: after.stake,
            commission: after.commission,
            consensusAddress: after.consensusAddress,
          }),
      changedHeight: height,
    })),
    tally(state, {
      staked: now.staked - old.staked,
      bondedValidators: now.bondedValidators - old.bondedValidators,
    }),
  ];
};

const rowOf = (
  proposal: Proposal,
  before: Rows['proposals'] | undefined,
  height: number,
): Rows['proposals'] => ({
  id: proposal.id,
  proposer: proposal.proposer,
  title: proposal.title,
  summary: proposal.summary,
  messages: proposal.messages,
  status: proposal.status,
  expedited: proposal.expedited,
  deposit: proposal.deposit,
  submitTime: proposal.submitTime.getTime(),
  depositEndTime: proposal.depositEndTime?.getTime() ?? null,
  votingStartTime: proposal.votingStartTime?.getTime() ?? null,
  votingEndTime: proposal.votingEndTime?.getTime() ?? null,
  yes: proposal.tally?.yes ?? null,
  abstain: proposal.tally?.abstain ?? null,
  no: proposal.tally?.no ?? null,
  noWithVeto: proposal.tally?.noWithVeto ?? null,
  failedReason: proposal.failedReason,
  votes: before?.votes ?? 0,
  submittedHeight: before?.submittedHeight ?? height,
  changedHeight: height,
});

export const proposalChanged: Reducer<'ProposalChanged'> = (state, { proposal }, { height }) => [
  put('proposals', rowOf(proposal, state.get('proposals', proposal.id), height)),
];

export const proposalVoted: Reducer<'ProposalVoted'> = (
  state,
  { proposalId, voter, options },
  { height },
) => {
  const vote = put('proposalVotes', { proposalId, voter, options, height });
  if (state.get('proposalVotes', proposalId, voter) !== undefined) return [vote];
  const proposal = must(state, 'proposals', proposalId);
  return [vote, set('proposals', proposal, { votes: proposal.votes + 1 })];
};

export const proposalEnded: Reducer<'ProposalEnded'> = (state, { proposalId, cause }, { height }) => [
  set('proposals', must(state, 'proposals', proposalId), {
    status: cause === 'dropped' ? 'Dropped' : 'Cancelled',
    changedHeight: height,
  }),
];
