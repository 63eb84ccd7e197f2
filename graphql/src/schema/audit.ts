import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import type { Context } from '../context.js';
import { AuditState, BatchState } from './enums.js';
import { auditOrder } from './orders.js';
import { Audit, AuditConnection, Lease, Selection, Withheld, Worker } from './refs.js';
import { namedRow, rowOf } from './row.js';

const leaseOf = (context: Context, { jobId, batch, epoch }: Rows['selections']) =>
  namedRow(context, 'leases', jobId, batch, epoch);

Selection.implement({
  description: 'An epoch of a batch whose coin hit: it is audited.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    height: t.expose('height', { type: 'Height' }),
    seedHeight: t.expose('seedHeight', {
      type: 'Height',
      description: 'Whose seed hit.',
    }),
    auditorCount: t.exposeInt('auditors'),
    earmarked: t.expose('earmarked', { type: 'Amount', description: 'Set aside for the fees.' }),
    released: t.expose('released', {
      type: 'Amount',
      nullable: true,
      description: 'Of it what was not paid and is free again.',
    }),
    keyShownHeight: t.field({
      type: 'Height',
      nullable: true,
      description: 'As of its lease.',
      resolve: (selection, _args, context) => leaseOf(context, selection).keyShownHeight,
    }),
    keyShownBy: t.string({
      nullable: true,
      resolve: (selection, _args, context) => leaseOf(context, selection).keyShownBy,
    }),
  }),
});

Audit.implement({
  description: 'One auditor’s place in the audit of an epoch of a batch.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    place: t.exposeInt('place', { description: 'Counts the auditors of one batch, from 0.' }),
    lease: t.field({
      type: Lease,
      resolve: ({ jobId, batch, epoch }, _args, context) => namedRow(context, 'leases', jobId, batch, epoch),
    }),
    state: t.expose('state', { type: AuditState }),
    owner: t.exposeString('worker', { description: 'Of the worker whose batch is audited.' }),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    auditorOwner: t.exposeString('auditor', { nullable: true }),
    auditor: t.field({
      type: Worker,
      nullable: true,
      description: 'Null while nobody is drawn.',
      resolve: ({ auditor }, _args, context) =>
        auditor === null ? null : rowOf(context, 'workers', auditor),
    }),
    units: t.exposeIntList('units', { description: 'Executed, counted over the whole job.' }),
    differing: t.exposeIntList('differing', { description: 'Units that differ from the opening.' }),
    round: t.exposeInt('round', { description: 'Counts the draws of this place, from 0.' }),
    ask: t.expose('ask', { type: 'Amount' }),
    deposit: t.expose('deposit', { type: 'Amount' }),
    lost: t.exposeBoolean('lost', { description: 'The deposit is lost.' }),
    fee: t.expose('fee', { type: 'Amount', nullable: true, description: 'Null until it is paid.' }),
    feeSource: t.exposeString('feeSource', {
      nullable: true,
      description: 'escrow, or lock where a selected batch was not opened or was refuted.',
    }),
    deadline: t.expose('deadline', { type: 'Height' }),
    postedHeight: t.expose('postedHeight', { type: 'Height', nullable: true }),
    changedHeight: t.expose('changedHeight', { type: 'Height' }),
    endedHeight: t.expose('endedHeight', {
      type: 'Height',
      nullable: true,
      description: 'When the deposit was decided.',
    }),
  }),
});

Withheld.implement({
  description:
    'A selected epoch that was not opened in time. Its bond waits for a late opening, else it is burned.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    owner: t.exposeString('worker'),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    state: t.expose('state', { type: BatchState }),
    bond: t.expose('bond', { type: 'Amount' }),
    height: t.expose('height', { type: 'Height' }),
    deadline: t.expose('deadline', { type: 'Height' }),
    endedHeight: t.expose('endedHeight', { type: 'Height', nullable: true }),
    endCause: t.exposeString('endCause', { nullable: true }),
  }),
});

const AuditFilter = builder.inputType('AuditFilter', {
  fields: (t) => ({
    state: t.field({ type: AuditState }),
    jobId: t.field({ type: 'UInt64' }),
    worker: t.string({ description: 'Owner of the worker whose batch is audited.' }),
    auditor: t.string({ description: 'Owner of the auditor.' }),
  }),
});

builder.queryField('audits', (t) =>
  t.connection(
    {
      type: Audit,
      args: {
        filter: t.arg({ type: AuditFilter }),
        orderBy: t.arg({ type: auditOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.audits, given(filter), auditOrder.of(orderBy), args),
    },
    AuditConnection,
  ),
);
