import type { AskLevel as AskRow, DemandLevel as DemandRow } from '@dmcn/indexer';
import { builder } from '../builder.js';
import { connectionOf } from '../connection.js';
import type { Context } from '../context.js';
import { BadArgumentError } from '../errors.js';
import { periodOrder } from './orders.js';
import { periodArgs, periodFilter } from './period.js';
import { EarningPeriod, MarketPeriod, MarketPeriodConnection } from './refs.js';

/** Most levels of prices that can be asked for. */
const LEVELS = 1_000;

const AskLevel = builder.objectRef<AskRow>('AskLevel').implement({
  description: 'Active workers that ask for the same price.',
  fields: (t) => ({
    ask: t.expose('ask', { type: 'Amount', description: 'udmc for 10^9 gas.' }),
    workers: t.exposeInt('workers'),
    lots: t.exposeInt('lots', { description: 'Slots in the draw.' }),
    load: t.exposeInt('load', { description: 'Batches offered or leased to them now.' }),
    rate: t.expose('rate', { type: 'UInt64', description: 'Gas a block of all of them.' }),
  }),
});

const DemandLevel = builder.objectRef<DemandRow>('DemandLevel').implement({
  description: 'What open jobs of the same highest price wait for.',
  fields: (t) => ({
    maxPrice: t.expose('maxPrice', { type: 'Amount', description: 'udmc for 10^9 gas.' }),
    jobs: t.exposeInt('jobs'),
    batches: t.exposeInt('batches', { description: 'That wait for a draw.' }),
    units: t.exposeInt('units', { description: 'At most; a last batch may be shorter.' }),
    gas: t.expose('gas', { type: 'UInt64', description: 'At most; units that end early need less.' }),
  }),
});

const mean = (sum: bigint, weight: bigint): bigint | null => (weight === 0n ? null : sum / weight);

MarketPeriod.implement({
  description:
    'What was asked for and paid in a stretch of block time. Stretches without either are left out.',
  fields: (t) => ({
    start: t.field({ type: 'DateTime', resolve: ({ start }) => new Date(start) }),
    jobs: t.expose('jobs', { type: 'UInt64', description: 'Submitted.' }),
    unitsSubmitted: t.expose('unitsSubmitted', { type: 'UInt64' }),
    batchesPaid: t.expose('batchesPaid', { type: 'UInt64' }),
    unitsPaid: t.expose('unitsPaid', { type: 'UInt64' }),
    gasPaid: t.expose('gasPaid', { type: 'UInt64' }),
    paid: t.expose('paid', { type: 'Amount', description: 'To workers.' }),
    royalties: t.expose('royalties', { type: 'Amount' }),
    fees: t.expose('fees', { type: 'Amount' }),
    meanPrice: t.field({
      type: 'Amount',
      nullable: true,
      description: 'Clearing price: of the batches paid, weighted by gas, rounded down.',
      resolve: ({ gasTimesAsk, gasPaid }) => mean(gasTimesAsk, gasPaid),
    }),
    lowestPrice: t.expose('lowest', { type: 'Amount', nullable: true }),
    highestPrice: t.expose('highest', { type: 'Amount', nullable: true }),
    lastPrice: t.expose('last', { type: 'Amount', nullable: true }),
  }),
});

EarningPeriod.implement({
  description: 'What a worker earned in a stretch of block time.',
  fields: (t) => ({
    start: t.field({ type: 'DateTime', resolve: ({ start }) => new Date(start) }),
    batches: t.expose('batches', { type: 'UInt64' }),
    units: t.expose('units', { type: 'UInt64' }),
    gas: t.expose('gas', { type: 'UInt64' }),
    earned: t.expose('earned', { type: 'Amount' }),
  }),
});

/** How many levels, counted among what the operation reads. */
const levels = ({ rows }: Context, first: number): number => {
  if (first < 0 || first > LEVELS) throw new BadArgumentError(`ask for 0 to ${LEVELS} levels, not ${first}`);
  rows.spend(first);
  return first;
};

const Market = builder.objectRef<object>('Market').implement({
  description: 'What workers ask for, what jobs offer, and at what price they met.',
  fields: (t) => ({
    asks: t.field({
      type: [AskLevel],
      description: 'The lowest ones first.',
      args: { first: t.arg.int({ required: true, defaultValue: 100 }) },
      resolve: (_market, { first }, context) => [...context.reader.askLevels(levels(context, first))],
    }),
    demand: t.field({
      type: [DemandLevel],
      description: 'The highest prices first.',
      args: { first: t.arg.int({ required: true, defaultValue: 100 }) },
      resolve: (_market, { first }, context) => [...context.reader.demandLevels(levels(context, first))],
    }),
    periods: t.connection(
      {
        type: MarketPeriod,
        description: 'Prices and amounts over time.',
        args: periodArgs(t),
        resolve: (_market, { orderBy, ...args }, context) =>
          connectionOf(
            context,
            context.reader.marketPeriods,
            periodFilter(args),
            periodOrder.of(orderBy),
            args,
          ),
      },
      MarketPeriodConnection,
    ),
  }),
});

builder.queryField('market', (t) => t.field({ type: Market, resolve: () => ({}) }));
