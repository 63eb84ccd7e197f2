import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { BatchState } from './enums.js';
import { batchOrder, leaseOrder, unitOrder } from './orders.js';
import {
  Audit,
  AuditConnection,
  Batch,
  BatchConnection,
  Dispute,
  DisputeConnection,
  Job,
  Lease,
  LeaseConnection,
  Payment,
  Selection,
  Unit,
  UnitConnection,
  Withheld,
  WithheldConnection,
  Worker,
} from './refs.js';
import { namedRow, rowOf } from './row.js';

Batch.implement({
  description:
    'Consecutive units of a job: what is leased, committed, opened and paid. Exists once it is drawn.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    job: t.field({ type: Job, resolve: (batch, _args, context) => namedRow(context, 'jobs', batch.jobId) }),
    index: t.exposeInt('batch', { description: 'Position in the job, from 0.' }),
    unitCount: t.exposeInt('units'),
    state: t.expose('state', { type: BatchState }),
    epoch: t.exposeInt('epoch', { description: 'Counts the leases, from 0.' }),
    deadline: t.expose('deadline', {
      type: 'Height',
      description: 'When the state ends by itself; 0 in Final and Ended.',
    }),
    drawnHeight: t.expose('drawnHeight', { type: 'Height', description: 'First draw.' }),
    changedHeight: t.expose('changedHeight', { type: 'Height', description: 'Last change of state.' }),
    worker: t.field({
      type: Worker,
      nullable: true,
      description: 'Who holds it, or did it.',
      resolve: ({ worker }, _args, context) => (worker === null ? null : rowOf(context, 'workers', worker)),
    }),
    lease: t.field({
      type: Lease,
      nullable: true,
      description: 'Of whoever holds it, or did it.',
      resolve: ({ jobId, batch, leaseEpoch }, _args, context) =>
        leaseEpoch === null ? null : rowOf(context, 'leases', jobId, batch, leaseEpoch),
    }),
    leases: t.connection(
      {
        type: Lease,
        description: 'The last one of each epoch.',
        args: { orderBy: t.arg({ type: leaseOrder.type, required: true, defaultValue: 'ID_ASC' }) },
        resolve: ({ jobId, batch }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.leases, { jobId, batch }, leaseOrder.of(orderBy), args),
      },
      LeaseConnection,
    ),
    units: t.connection(
      {
        type: Unit,
        description: 'Those that have an outcome: all of them once the batch is open.',
        args: { orderBy: t.arg({ type: unitOrder.type, required: true, defaultValue: 'ID_ASC' }) },
        resolve: ({ jobId, batch, units }, { orderBy, ...args }, context) => {
          const from = batch * namedRow(context, 'jobs', jobId).batchSize;
          const filter = { jobId, from, to: from + units };
          return connectionOf(context, context.reader.units, filter, unitOrder.of(orderBy), args);
        },
      },
      UnitConnection,
    ),
    audits: t.connection(
      {
        type: Audit,
        description: 'Of all epochs.',
        resolve: ({ jobId, batch }, args, context) =>
          connectionOf(context, context.reader.audits, { jobId, batch }, { field: 'id' }, args),
      },
      AuditConnection,
    ),
    disputes: t.connection(
      {
        type: Dispute,
        description: 'Of all epochs.',
        resolve: ({ jobId, batch }, args, context) =>
          connectionOf(context, context.reader.disputes, { jobId, batch }, { field: 'id' }, args),
      },
      DisputeConnection,
    ),
    withheld: t.connection(
      {
        type: Withheld,
        description: 'Selected epochs that were not opened in time.',
        resolve: ({ jobId, batch }, args, context) =>
          connectionOf(context, context.reader.withheld, { jobId, batch }, { field: 'id' }, args),
      },
      WithheldConnection,
    ),
    payment: t.field({
      type: Payment,
      nullable: true,
      resolve: ({ jobId, batch }, _args, context) => rowOf(context, 'payments', jobId, batch),
    }),
  }),
});

Lease.implement({
  description: 'One worker’s claim on a batch: an offer, accepted or not, and what came of it.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    batchIndex: t.exposeInt('batch'),
    epoch: t.exposeInt('epoch'),
    batch: t.field({
      type: Batch,
      resolve: ({ jobId, batch }, _args, context) => namedRow(context, 'batches', jobId, batch),
    }),
    owner: t.exposeString('worker'),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    operator: t.exposeString('operator'),
    ask: t.expose('ask', { type: 'Amount', description: 'udmc for 10^9 gas, fixed at the draw.' }),
    rate: t.expose('rate', { type: 'UInt64', description: 'Gas a block, registered at the draw.' }),
    bond: t.expose('bond', { type: 'Amount', description: 'Locked by the lease.' }),
    drawnHeight: t.expose('drawnHeight', { type: 'Height' }),
    acceptedHeight: t.expose('acceptedHeight', { type: 'Height', nullable: true }),
    committedHeight: t.expose('committedHeight', { type: 'Height', nullable: true }),
    openedHeight: t.expose('openedHeight', { type: 'Height', nullable: true }),
    endedHeight: t.expose('endedHeight', { type: 'Height', nullable: true, description: 'Also by payment.' }),
    endCause: t.exposeString('endCause', { nullable: true }),
    commitment: t.expose('commitment', { type: 'Hex', nullable: true }),
    outputsHash: t.expose('outputsHash', {
      type: 'Hex',
      nullable: true,
      description: 'Blob of the encrypted outputs.',
    }),
    locators: t.exposeStringList('locators', { description: 'Blob stores that hold the encrypted outputs.' }),
    keyRecipients: t.exposeStringList('keyRecipients', { description: 'Hold the leaf key and may open.' }),
    keyShownHeight: t.expose('keyShownHeight', {
      type: 'Height',
      nullable: true,
      description: 'Of a block in which somebody showed the leaf key, which makes the audit certain.',
    }),
    keyShownBy: t.exposeString('keyShownBy', { nullable: true }),
    opener: t.exposeString('opener', { nullable: true }),
    root: t.expose('root', { type: 'Hex', nullable: true, description: 'Merkle root of the leaves.' }),
    gasTotal: t.expose('gasTotal', { type: 'UInt64', nullable: true }),
    selection: t.field({
      type: Selection,
      nullable: true,
      description: 'Null unless the coin hit.',
      resolve: ({ jobId, batch, epoch }, _args, context) => rowOf(context, 'selections', jobId, batch, epoch),
    }),
    audits: t.connection(
      {
        type: Audit,
        resolve: ({ jobId, batch, epoch }, args, context) =>
          connectionOf(context, context.reader.audits, { jobId, batch, epoch }, { field: 'id' }, args),
      },
      AuditConnection,
    ),
    disputes: t.connection(
      {
        type: Dispute,
        resolve: ({ jobId, batch, epoch }, args, context) =>
          connectionOf(context, context.reader.disputes, { jobId, batch, epoch }, { field: 'id' }, args),
      },
      DisputeConnection,
    ),
  }),
});

const BatchFilter = builder.inputType('BatchFilter', {
  fields: (t) => ({
    jobId: t.field({ type: 'UInt64' }),
    state: t.field({ type: BatchState }),
    worker: t.string({ description: 'Owner of the worker that holds it.' }),
  }),
});

builder.queryFields((t) => ({
  batches: t.connection(
    {
      type: Batch,
      args: {
        filter: t.arg({ type: BatchFilter }),
        orderBy: t.arg({ type: batchOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.batches, given(filter), batchOrder.of(orderBy), args),
    },
    BatchConnection,
  ),
  batch: t.field({
    type: Batch,
    nullable: true,
    args: { jobId: t.arg({ type: 'UInt64', required: true }), index: t.arg.int({ required: true }) },
    resolve: (_root, { jobId, index }, context) => rowOf(context, 'batches', jobId, index),
  }),
}));
