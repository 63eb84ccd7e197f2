import type { Checkpoint, Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';
import { NotReadyError } from '../errors.js';
import { namedRow } from './row.js';

interface NetworkNow {
  readonly checkpoint: Checkpoint;
  readonly totals: Rows['totals'];
}

const Network = builder.objectRef<NetworkNow>('Network').implement({
  description: 'The chain as a whole.',
  fields: (t) => ({
    chainId: t.string({ resolve: ({ checkpoint }) => checkpoint.chainId }),
    height: t.field({
      type: 'Height',
      description: 'Newest block that the answer takes into account.',
      resolve: ({ checkpoint }) => checkpoint.height,
    }),
    head: t.field({
      type: 'Height',
      description: 'Newest block of the chain that the indexer knew of when it wrote `height`.',
      resolve: ({ checkpoint }) => checkpoint.head,
    }),
    lag: t.int({
      description: 'head - height.',
      resolve: ({ checkpoint }) => checkpoint.head - checkpoint.height,
    }),
    blockHash: t.field({ type: 'Hex', resolve: ({ checkpoint }) => checkpoint.hash }),
    blockTime: t.field({ type: 'DateTime', resolve: ({ checkpoint }) => new Date(checkpoint.time) }),
    blocks: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.blocks }),
    transactions: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.txs }),
    events: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.events }),
    modules: t.field({ type: 'UInt64', description: 'Stored now.', resolve: ({ totals }) => totals.modules }),
    jobs: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.jobs }),
    openJobs: t.field({
      type: 'UInt64',
      description: 'Neither settled nor expired.',
      resolve: ({ totals }) => totals.openJobs,
    }),
    batches: t.field({ type: 'UInt64', description: 'Ever drawn.', resolve: ({ totals }) => totals.batches }),
    liveBatches: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.liveBatches }),
    finalBatches: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.finalBatches }),
    endedBatches: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.endedBatches }),
    unitsPaid: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.unitsPaid }),
    gasPaid: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.gasPaid }),
    workers: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.workers }),
    activeWorkers: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.activeWorkers }),
    lots: t.field({
      type: 'UInt64',
      description: 'Full bond lots of all workers.',
      resolve: ({ totals }) => totals.lots,
    }),
    bonded: t.field({ type: 'Amount', resolve: ({ totals }) => totals.bonded }),
    locked: t.field({ type: 'Amount', resolve: ({ totals }) => totals.locked }),
    funded: t.field({ type: 'Amount', resolve: ({ totals }) => totals.funded }),
    paid: t.field({ type: 'Amount', description: 'To workers.', resolve: ({ totals }) => totals.paid }),
    royalties: t.field({ type: 'Amount', resolve: ({ totals }) => totals.royalties }),
    fees: t.field({ type: 'Amount', resolve: ({ totals }) => totals.fees }),
    audits: t.field({ type: 'Amount', resolve: ({ totals }) => totals.audits }),
    refunded: t.field({ type: 'Amount', resolve: ({ totals }) => totals.refunded }),
    supply: t.field({
      type: 'Amount',
      description: 'All coins that there are.',
      resolve: ({ totals }) => totals.supply,
    }),
    minted: t.field({
      type: 'Amount',
      description: 'Since the first block.',
      resolve: ({ totals }) => totals.minted,
    }),
    burned: t.field({
      type: 'Amount',
      description: 'Since the first block.',
      resolve: ({ totals }) => totals.burned,
    }),
    staked: t.field({
      type: 'Amount',
      description: 'On validators that sign blocks.',
      resolve: ({ totals }) => totals.staked,
    }),
    bondedValidators: t.field({ type: 'UInt64', resolve: ({ totals }) => totals.bondedValidators }),
  }),
});

builder.queryField('network', (t) =>
  t.field({
    type: Network,
    resolve: (_root, _args, context) => {
      const checkpoint = context.reader.checkpoint();
      if (checkpoint === undefined) throw new NotReadyError('no block is indexed yet; ask again in a moment');
      return { checkpoint, totals: namedRow(context, 'totals', 1) };
    },
  }),
);
