import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';
import { connectionOf } from '../connection.js';
import { blockOrder } from './orders.js';
import { Seed, SeedConnection } from './refs.js';
import { rowOf } from './row.js';

Seed.implement({
  description: 'The randomness of a height.',
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    value: t.expose('value', { type: 'Hex' }),
    live: t.exposeBoolean('live', {
      description: 'False where there was no proof: such a height draws nothing.',
    }),
    liveCount: t.exposeInt('liveCount', { description: 'Live heights so far.' }),
    proposer: t.exposeString('proposer'),
  }),
});

const ValidatorKey = builder.objectRef<Rows['validatorKeys']>('ValidatorKey').implement({
  description: 'A key of a validator for the beacon.',
  fields: (t) => ({
    operator: t.exposeString('operator'),
    publicKey: t.expose('publicKey', { type: 'Hex' }),
    activeHeight: t.expose('activeHeight', { type: 'Height', description: 'From when it counts.' }),
    height: t.expose('height', { type: 'Height', description: 'When it was registered.' }),
  }),
});

const ValidatorKeyConnection = builder.connectionObject(
  { type: ValidatorKey, name: 'ValidatorKeyConnection' },
  { name: 'ValidatorKeyEdge' },
);

const Beacon = builder.objectRef<object>('Beacon').implement({
  description: 'The chain’s randomness.',
  fields: (t) => ({
    seed: t.field({
      type: Seed,
      nullable: true,
      args: { height: t.arg({ type: 'Height', required: true }) },
      resolve: (_beacon, { height }, context) => rowOf(context, 'seeds', height),
    }),
    seeds: t.connection(
      {
        type: Seed,
        args: { orderBy: t.arg({ type: blockOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: (_beacon, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.seeds, {}, blockOrder.of(orderBy), args),
      },
      SeedConnection,
    ),
    keys: t.connection(
      {
        type: ValidatorKey,
        args: { operator: t.arg.string() },
        resolve: (_beacon, { operator, ...args }, context) =>
          connectionOf(
            context,
            context.reader.validatorKeys,
            operator == null ? {} : { operator },
            { field: 'id' },
            args,
          ),
      },
      ValidatorKeyConnection,
    ),
  }),
});

builder.queryField('beacon', (t) => t.field({ type: Beacon, resolve: () => ({}) }));
