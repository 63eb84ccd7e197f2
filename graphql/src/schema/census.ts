import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { ProposalStatus } from './enums.js';
import { periodOrder, proposalOrder } from './orders.js';
import { periodArgs, periodFilter } from './period.js';
import { rowOf } from './row.js';

type ProposalRow = Rows['proposals'];
type VoteRow = Rows['proposalVotes'];

const SupplyPeriod = builder.objectRef<Rows['supplyPeriods']>('SupplyPeriod').implement({
  description: 'How the supply moved in a stretch of block time. Stretches without a move are left out.',
  fields: (t) => ({
    start: t.field({ type: 'DateTime', resolve: ({ start }) => new Date(start) }),
    minted: t.expose('minted', { type: 'Amount' }),
    burned: t.expose('burned', { type: 'Amount' }),
    supply: t.expose('supply', { type: 'Amount', description: 'All coins at its end.' }),
  }),
});

const VoteOption = builder.objectRef<VoteRow['options'][number]>('ProposalVoteOption').implement({
  fields: (t) => ({
    option: t.exposeString('option', { description: 'yes, abstain, no or no_with_veto.' }),
    weight: t.exposeString('weight', { description: 'A decimal number above 0 and at most 1.' }),
  }),
});

const ProposalVote = builder.objectRef<VoteRow>('ProposalVote').implement({
  description: 'The newest vote of an account on a proposal.',
  fields: (t) => ({
    voter: t.exposeString('voter'),
    height: t.expose('height', { type: 'Height' }),
    options: t.field({ type: [VoteOption], resolve: ({ options }) => [...options] }),
  }),
});

const Tally = builder
  .objectRef<Readonly<Record<'yes' | 'abstain' | 'no' | 'noWithVeto', bigint>>>('Tally')
  .implement({
    description: 'Votes by the stake behind them.',
    fields: (t) => ({
      yes: t.expose('yes', { type: 'Amount' }),
      abstain: t.expose('abstain', { type: 'Amount' }),
      no: t.expose('no', { type: 'Amount' }),
      noWithVeto: t.expose('noWithVeto', { type: 'Amount' }),
    }),
  });

const connectionNames = <T extends string>(name: T) =>
  [{ name: `${name}Connection` }, { name: `${name}Edge` }] as const;

const [supplyNames, supplyEdge] = connectionNames('SupplyPeriod');
const SupplyPeriodConnection = builder.connectionObject({ type: SupplyPeriod, ...supplyNames }, supplyEdge);
const [voteNames, voteEdge] = connectionNames('ProposalVote');
const ProposalVoteConnection = builder.connectionObject({ type: ProposalVote, ...voteNames }, voteEdge);

const time = (milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(milliseconds);

const tallyOf = ({ yes, abstain, no, noWithVeto }: ProposalRow) =>
  yes === null || abstain === null || no === null || noWithVeto === null
    ? null
    : { yes, abstain, no, noWithVeto };

const Proposal = builder.objectRef<ProposalRow>('Proposal').implement({
  description: 'What validators and their delegators decide.',
  fields: (t) => ({
    id: t.expose('id', { type: 'UInt64' }),
    proposer: t.exposeString('proposer'),
    title: t.exposeString('title'),
    summary: t.exposeString('summary'),
    messages: t.field({
      type: ['String'],
      description: 'Types of what it does.',
      resolve: ({ messages }) => [...messages],
    }),
    status: t.expose('status', { type: ProposalStatus }),
    expedited: t.exposeBoolean('expedited'),
    deposit: t.expose('deposit', { type: 'Amount' }),
    submitTime: t.field({ type: 'DateTime', resolve: ({ submitTime }) => new Date(submitTime) }),
    depositEndTime: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ depositEndTime }) => time(depositEndTime),
    }),
    votingStartTime: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ votingStartTime }) => time(votingStartTime),
    }),
    votingEndTime: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ votingEndTime }) => time(votingEndTime),
    }),
    tally: t.field({
      type: Tally,
      nullable: true,
      description: 'Null until the votes were counted.',
      resolve: tallyOf,
    }),
    failedReason: t.exposeString('failedReason', { description: 'Empty unless it failed or was rejected.' }),
    voteCount: t.exposeInt('votes', { description: 'Accounts that voted.' }),
    submittedHeight: t.expose('submittedHeight', { type: 'Height' }),
    changedHeight: t.expose('changedHeight', { type: 'Height' }),
    votes: t.connection(
      {
        type: ProposalVote,
        resolve: ({ id: proposalId }, args, context) =>
          connectionOf(context, context.reader.proposalVotes, { proposalId }, { field: 'id' }, args),
      },
      ProposalVoteConnection,
    ),
  }),
});

const [proposalNames, proposalEdge] = connectionNames('Proposal');
const ProposalConnection = builder.connectionObject({ type: Proposal, ...proposalNames }, proposalEdge);

const ProposalFilter = builder.inputType('ProposalFilter', {
  fields: (t) => ({ status: t.field({ type: ProposalStatus }) }),
});

builder.queryFields((t) => ({
  supplyPeriods: t.connection(
    {
      type: SupplyPeriod,
      description: 'The supply over time.',
      args: periodArgs(t),
      resolve: (_root, { orderBy, ...args }, context) =>
        connectionOf(
          context,
          context.reader.supplyPeriods,
          periodFilter(args),
          periodOrder.of(orderBy),
          args,
        ),
    },
    SupplyPeriodConnection,
  ),
  proposals: t.connection(
    {
      type: Proposal,
      args: {
        filter: t.arg({ type: ProposalFilter }),
        orderBy: t.arg({ type: proposalOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.proposals, given(filter), proposalOrder.of(orderBy), args),
    },
    ProposalConnection,
  ),
  proposal: t.field({
    type: Proposal,
    nullable: true,
    args: { id: t.arg({ type: 'UInt64', required: true }) },
    resolve: (_root, { id }, context) => rowOf(context, 'proposals', id),
  }),
}));
