import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { paymentOrder } from './orders.js';
import { Batch, Job, Payment, PaymentConnection, Worker } from './refs.js';
import { namedRow, timeOf } from './row.js';

Payment.implement({
  description: 'What one batch earned its worker, its author and the community.',
  fields: (t) => ({
    jobId: t.expose('jobId', { type: 'UInt64' }),
    job: t.field({
      type: Job,
      resolve: (payment, _args, context) => namedRow(context, 'jobs', payment.jobId),
    }),
    batchIndex: t.exposeInt('batch'),
    batch: t.field({
      type: Batch,
      resolve: ({ jobId, batch }, _args, context) => namedRow(context, 'batches', jobId, batch),
    }),
    epoch: t.exposeInt('epoch'),
    height: t.expose('height', { type: 'Height' }),
    time: t.field({ type: 'DateTime', resolve: ({ height }, _args, context) => timeOf(context, height) }),
    owner: t.exposeString('worker', { description: 'Who was paid.' }),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    pay: t.expose('pay', { type: 'Amount' }),
    author: t.exposeString('author'),
    royalty: t.expose('royalty', { type: 'Amount', description: 'To the author.' }),
    fee: t.expose('fee', { type: 'Amount', description: 'To the community.' }),
    gasTotal: t.expose('gasTotal', { type: 'UInt64' }),
    ask: t.expose('ask', { type: 'Amount', description: 'udmc for 10^9 gas.' }),
    unitCount: t.exposeInt('units'),
  }),
});

const PaymentFilter = builder.inputType('PaymentFilter', {
  fields: (t) => ({
    jobId: t.field({ type: 'UInt64' }),
    worker: t.string({ description: 'Owner of the worker.' }),
    author: t.string(),
  }),
});

builder.queryField('payments', (t) =>
  t.connection(
    {
      type: Payment,
      args: {
        filter: t.arg({ type: PaymentFilter }),
        orderBy: t.arg({ type: paymentOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.payments, given(filter), paymentOrder.of(orderBy), args),
    },
    PaymentConnection,
  ),
);
