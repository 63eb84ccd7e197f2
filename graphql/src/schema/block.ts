import { builder } from '../builder.js';
import { connectionOf } from '../connection.js';
import { blockOrder } from './orders.js';
import { Block, BlockConnection, Seed, Validator } from './refs.js';
import { rowOf } from './row.js';

Block.implement({
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    hash: t.expose('hash', { type: 'Hex' }),
    parentHash: t.expose('parentHash', { type: 'Hex', description: 'Empty at the first height.' }),
    appHash: t.expose('appHash', { type: 'Hex', description: 'Digest of the state before it.' }),
    time: t.field({ type: 'DateTime', resolve: ({ time }) => new Date(time) }),
    proposer: t.expose('proposer', { type: 'Hex', description: 'Consensus address.' }),
    proposerValidator: t.field({
      type: Validator,
      nullable: true,
      description: 'The validator behind `proposer`, while it signs with the same key.',
      resolve: ({ proposer: consensusAddress }, _args, { reader, rows }) => {
        rows.spend(1);
        return reader.validators.page({ consensusAddress }, { field: 'operator' }, { size: 1 }).edges[0]
          ?.node;
      },
    }),
    transactions: t.exposeInt('txs'),
    events: t.exposeInt('events', { description: 'Of this system’s modules.' }),
    seed: t.field({
      type: Seed,
      nullable: true,
      resolve: ({ height }, _args, context) => rowOf(context, 'seeds', height),
    }),
  }),
});

builder.queryFields((t) => ({
  blocks: t.connection(
    {
      type: Block,
      args: { orderBy: t.arg({ type: blockOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
      resolve: (_root, { orderBy, ...args }, context) =>
        connectionOf(context, context.reader.blocks, {}, blockOrder.of(orderBy), args),
    },
    BlockConnection,
  ),
  block: t.field({
    type: Block,
    nullable: true,
    args: { height: t.arg({ type: 'Height', required: true }) },
    resolve: (_root, { height }, context) => rowOf(context, 'blocks', height),
  }),
}));
