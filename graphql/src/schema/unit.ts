import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { BadArgumentError } from '../errors.js';
import { UnitStatus } from './enums.js';
import { unitOrder } from './orders.js';
import { Batch, Job, Unit, UnitConnection, Worker } from './refs.js';
import { namedRow, rowOf } from './row.js';

Unit.implement({
  description: 'The outcome of one unit, as its batch’s standing opening tells it.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    job: t.field({ type: Job, resolve: (unit, _args, context) => namedRow(context, 'jobs', unit.jobId) }),
    index: t.exposeInt('unit', { description: 'Position in the job, from 0.' }),
    batchIndex: t.exposeInt('batch'),
    batch: t.field({
      type: Batch,
      resolve: ({ jobId, batch }, _args, context) => namedRow(context, 'batches', jobId, batch),
    }),
    epoch: t.exposeInt('epoch'),
    status: t.field({ type: UnitStatus, resolve: ({ status }) => knownStatus(status) }),
    exitCode: t.exposeFloat('exitCode', { description: '0 unless it exited by itself; at most 2^32 - 1.' }),
    gas: t.expose('gas', { type: 'UInt64' }),
    outputHash: t.expose('outputHash', { type: 'Hex', description: 'SHA-256 of the output.' }),
    owner: t.exposeString('worker', { description: 'Of the worker that did it.' }),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    paid: t.exposeBoolean('paid'),
  }),
});

type Status = typeof UnitStatus.$inferType;

/** A status that the schema has a name for. */
export const knownStatus = (status: number): Status => {
  if (status < 0 || status > 6) throw new Error(`${status} is no status of a unit`);
  return status as Status;
};

const UnitFilter = builder.inputType('UnitFilter', {
  fields: (t) => ({
    jobId: t.field({ type: 'UInt64' }),
    worker: t.string({ description: 'Owner of the worker that did it.' }),
    status: t.field({ type: UnitStatus }),
    paid: t.boolean(),
  }),
});

/** No index finds units by status or payment alone. */
const servedFilter = <F extends { readonly jobId?: bigint; readonly worker?: string }>(filter: F): F => {
  if (Object.keys(filter).length > 0 && filter.jobId === undefined && filter.worker === undefined) {
    throw new BadArgumentError('name a jobId or a worker beside status or paid');
  }
  return filter;
};

builder.queryFields((t) => ({
  units: t.connection(
    {
      type: Unit,
      args: {
        filter: t.arg({ type: UnitFilter }),
        orderBy: t.arg({ type: unitOrder.type, required: true, defaultValue: 'ID_ASC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.units, servedFilter(given(filter)), unitOrder.of(orderBy), args),
    },
    UnitConnection,
  ),
  unit: t.field({
    type: Unit,
    nullable: true,
    args: { jobId: t.arg({ type: 'UInt64', required: true }), index: t.arg.int({ required: true }) },
    resolve: (_root, { jobId, index }, context) => rowOf(context, 'units', jobId, index),
  }),
}));
