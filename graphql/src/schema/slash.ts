import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { SlashKind, SlashState } from './enums.js';
import { slashOrder } from './orders.js';
import { Demand, Job, MissingInput, Slash, SlashConnection, Worker } from './refs.js';
import { namedRow, rowOf, timeOf } from './row.js';

interface ShareRow {
  readonly recipient: string;
  readonly role: string;
  readonly amount: string;
}

const Share = builder.objectRef<ShareRow>('SlashShare').implement({
  fields: (t) => ({
    recipient: t.exposeString('recipient'),
    role: t.exposeString('role', { description: 'Prover, Requester, Referee or Opponent.' }),
    amount: t.field({ type: 'Amount', resolve: ({ amount }) => BigInt(amount) }),
  }),
});

Slash.implement({
  description: 'An amount that was lost. It waits so that governance can reverse it.',
  fields: (t) => ({
    id: t.expose('id', { type: 'UInt64' }),
    kind: t.expose('kind', { type: SlashKind }),
    state: t.expose('state', { type: SlashState }),
    owner: t.exposeString('owner', { description: 'Whose amount it was.' }),
    worker: t.field({
      type: Worker,
      nullable: true,
      description: 'Null where the owner is no worker.',
      resolve: ({ owner }, _args, context) => rowOf(context, 'workers', owner),
    }),
    amount: t.expose('amount', { type: 'Amount' }),
    burned: t.expose('burned', {
      type: 'Amount',
      nullable: true,
      description: 'Null unless it was released.',
    }),
    shares: t.field({ type: [Share], resolve: ({ shares }) => [...shares] }),
    jobId: t.expose('jobId', { type: 'UInt64' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    height: t.expose('height', { type: 'Height' }),
    time: t.field({ type: 'DateTime', resolve: ({ height }, _args, context) => timeOf(context, height) }),
    releaseHeight: t.expose('releaseHeight', { type: 'Height', description: 'When it is due.' }),
    endedHeight: t.expose('endedHeight', { type: 'Height', nullable: true }),
  }),
});

Demand.implement({
  description: 'The requester wants an output shown on chain.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    job: t.field({ type: Job, resolve: ({ jobId }, _args, context) => namedRow(context, 'jobs', jobId) }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    unitIndex: t.exposeInt('unit'),
    deposit: t.expose('deposit', { type: 'Amount' }),
    height: t.expose('height', { type: 'Height' }),
    poster: t.exposeString('poster', { nullable: true }),
    postedHeight: t.expose('postedHeight', { type: 'Height', nullable: true }),
    returnedHeight: t.expose('returnedHeight', {
      type: 'Height',
      nullable: true,
      description: 'Where nobody answered and the deposit went back.',
    }),
  }),
});

MissingInput.implement({
  description: 'A worker could not fetch the input of a unit.',
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    unitIndex: t.exposeInt('unit'),
    owner: t.exposeString('worker', { description: 'Of the worker that reported it.' }),
  }),
});

const SlashFilter = builder.inputType('SlashFilter', {
  fields: (t) => ({ owner: t.string(), state: t.field({ type: SlashState }) }),
});

builder.queryField('slashes', (t) =>
  t.connection(
    {
      type: Slash,
      args: {
        filter: t.arg({ type: SlashFilter }),
        orderBy: t.arg({ type: slashOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.slashes, given(filter), slashOrder.of(orderBy), args),
    },
    SlashConnection,
  ),
);
