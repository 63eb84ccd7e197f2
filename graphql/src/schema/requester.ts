import { builder } from '../builder.js';
import { connectionOf } from '../connection.js';
import { jobOrder, requesterOrder } from './orders.js';
import { Job, JobConnection, Requester, RequesterConnection } from './refs.js';
import { rowOf } from './row.js';

Requester.implement({
  description: 'An account that submitted jobs, with the sums of them.',
  fields: (t) => ({
    address: t.exposeString('address'),
    jobCount: t.expose('jobs', { type: 'UInt64' }),
    openJobs: t.expose('openJobs', { type: 'UInt64' }),
    unitsPaid: t.expose('unitsPaid', { type: 'UInt64' }),
    gasPaid: t.expose('gasPaid', { type: 'UInt64' }),
    funded: t.expose('funded', { type: 'Amount' }),
    paid: t.expose('paid', { type: 'Amount', description: 'To workers.' }),
    royalties: t.expose('royalties', { type: 'Amount' }),
    fees: t.expose('fees', { type: 'Amount' }),
    audits: t.expose('audits', { type: 'Amount' }),
    refunded: t.expose('refunded', { type: 'Amount' }),
    remaining: t.expose('remaining', { type: 'Amount', description: 'Still in escrow.' }),
    firstHeight: t.expose('firstHeight', { type: 'Height', description: 'Of the first job.' }),
    lastHeight: t.expose('lastHeight', { type: 'Height', description: 'Of the last job.' }),
    jobs: t.connection(
      {
        type: Job,
        resolve: ({ address }, args, context) =>
          connectionOf(context, context.reader.jobs, { requester: address }, jobOrder.of('ID_DESC'), args),
      },
      JobConnection,
    ),
  }),
});

builder.queryFields((t) => ({
  requesters: t.connection(
    {
      type: Requester,
      args: { orderBy: t.arg({ type: requesterOrder.type, required: true, defaultValue: 'FIRST_DESC' }) },
      resolve: (_root, { orderBy, ...args }, context) =>
        connectionOf(context, context.reader.requesters, {}, requesterOrder.of(orderBy), args),
    },
    RequesterConnection,
  ),
  requester: t.field({
    type: Requester,
    nullable: true,
    args: { address: t.arg.string({ required: true }) },
    resolve: (_root, { address }, context) => rowOf(context, 'requesters', address),
  }),
}));
