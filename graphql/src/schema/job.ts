import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { BadArgumentError } from '../errors.js';
import { BatchState, JobState, Mode, UnitStatus } from './enums.js';
import { batchOrder, disputeOrder, jobOrder, paymentOrder, unitOrder } from './orders.js';
import {
  Batch,
  BatchConnection,
  Demand,
  DemandConnection,
  Dispute,
  DisputeConnection,
  Job,
  JobConnection,
  MissingInput,
  MissingInputConnection,
  Module,
  Payment,
  PaymentConnection,
  Unit,
  UnitConnection,
} from './refs.js';
import { namedRow, rowOf, timeOf } from './row.js';

Job.implement({
  description:
    'N units of one module. Its money: funded = paid + royalties + fees + audits + refunded + remaining.',
  fields: (t) => ({
    id: t.expose('id', { type: 'UInt64' }),
    state: t.expose('state', { type: JobState }),
    requester: t.exposeString('requester'),
    moduleId: t.expose('moduleId', { type: 'Hex' }),
    module: t.field({
      type: Module,
      resolve: (job, _args, context) => namedRow(context, 'modules', job.moduleId),
    }),
    args: t.exposeStringList('args', { description: 'After argv[0].' }),
    unitCount: t.exposeInt('units', { description: 'N.' }),
    batchSize: t.exposeInt('batchSize'),
    batchCount: t.exposeInt('batches'),
    nextBatch: t.exposeInt('nextBatch', { description: 'First batch that was never drawn.' }),
    liveBatches: t.exposeInt('liveBatches', { description: 'Drawn, and neither Final nor Ended.' }),
    finalBatches: t.exposeInt('finalBatches'),
    endedBatches: t.exposeInt('endedBatches'),
    prunedBatches: t.exposeInt('prunedBatches', {
      description: 'Of the drawn ones those that left the chain’s state after the job’s end. They stay here.',
    }),
    prunedHeight: t.field({
      type: 'Height',
      nullable: true,
      description: 'The last block that removed some from the chain’s state.',
      resolve: (job) => job.prunedHeight || null,
    }),
    unitsPaid: t.exposeInt('unitsPaid'),
    gasPaid: t.expose('gasPaid', { type: 'UInt64' }),
    gasLimit: t.expose('gasLimit', { type: 'UInt64', description: 'Of a unit.' }),
    memoryLimit: t.expose('memoryLimit', { type: 'UInt64', description: 'Of a unit, in bytes.' }),
    maxPrice: t.expose('maxPrice', { type: 'Amount', description: 'udmc for 10^9 gas.' }),
    auditBps: t.exposeInt('auditBps', {
      description: 'Probability of an audit of a batch, in basis points.',
    }),
    auditors: t.exposeInt('auditors', { description: 'Of an audited batch.' }),
    samples: t.exposeInt('samples', { description: 'Units that each auditor re-executes.' }),
    auditFloor: t.expose('auditFloor', { type: 'Amount' }),
    mode: t.expose('mode', { type: Mode }),
    features: t.exposeStringList('features', { description: 'That a worker must have.' }),
    inputRoot: t.expose('inputRoot', { type: 'Hex', description: 'Merkle root of the inputs.' }),
    inputIndex: t.expose('inputIndex', { type: 'Hex', description: 'Blob of the inputs’ hashes.' }),
    locators: t.exposeStringList('locators', { description: 'Blob stores that hold the inputs.' }),
    encryptionKey: t.expose('encryptionKey', { type: 'Hex', description: 'The requester’s X25519 key.' }),
    royaltyBps: t.exposeInt('royaltyBps'),
    feeBps: t.exposeInt('feeBps'),
    author: t.exposeString('author', { description: 'Receives the royalty.' }),
    funded: t.expose('funded', { type: 'Amount' }),
    paid: t.expose('paid', { type: 'Amount' }),
    royalties: t.expose('royalties', { type: 'Amount' }),
    fees: t.expose('fees', { type: 'Amount' }),
    audits: t.expose('audits', { type: 'Amount' }),
    refunded: t.expose('refunded', { type: 'Amount' }),
    remaining: t.expose('remaining', { type: 'Amount' }),
    deadline: t.expose('deadline', { type: 'Height', description: 'What is not leased then ends.' }),
    submittedHeight: t.expose('submittedHeight', { type: 'Height' }),
    submittedTime: t.field({
      type: 'DateTime',
      resolve: (job, _args, context) => timeOf(context, job.submittedHeight),
    }),
    settledHeight: t.field({
      type: 'Height',
      nullable: true,
      description: 'Null until it is settled or expired.',
      resolve: (job) => job.settledHeight || null,
    }),
    settledTime: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: (job, _args, context) => (job.settledHeight === 0 ? null : timeOf(context, job.settledHeight)),
    }),
    missingReporters: t.exposeStringList('missingReporters', {
      description: 'Owners that reported missing inputs since the requester last confirmed them.',
    }),
    cancelled: t.exposeBoolean('cancelled'),
    batches: t.connection(
      {
        type: Batch,
        description: 'Those that were drawn.',
        args: {
          state: t.arg({ type: BatchState }),
          orderBy: t.arg({ type: batchOrder.type, required: true, defaultValue: 'ID_ASC' }),
        },
        resolve: ({ id: jobId }, { state, orderBy, ...args }, context) =>
          connectionOf(
            context,
            context.reader.batches,
            { jobId, ...given({ state }) },
            batchOrder.of(orderBy),
            args,
          ),
      },
      BatchConnection,
    ),
    units: t.connection(
      {
        type: Unit,
        description: 'Those that have an outcome.',
        args: {
          status: t.arg({ type: UnitStatus }),
          orderBy: t.arg({ type: unitOrder.type, required: true, defaultValue: 'ID_ASC' }),
        },
        resolve: ({ id: jobId }, { status, orderBy, ...args }, context) =>
          connectionOf(
            context,
            context.reader.units,
            { jobId, ...given({ status }) },
            unitOrder.of(orderBy),
            args,
          ),
      },
      UnitConnection,
    ),
    demands: t.connection(
      {
        type: Demand,
        description: 'To show an output on chain.',
        resolve: ({ id: jobId }, args, context) =>
          connectionOf(context, context.reader.demands, { jobId }, { field: 'id' }, args),
      },
      DemandConnection,
    ),
    missingInputs: t.connection(
      {
        type: MissingInput,
        description: 'Reports of inputs that could not be fetched.',
        resolve: ({ id: jobId }, args, context) =>
          connectionOf(context, context.reader.missingInputs, { jobId }, { field: 'place' }, args),
      },
      MissingInputConnection,
    ),
    disputes: t.connection(
      {
        type: Dispute,
        args: { orderBy: t.arg({ type: disputeOrder.type, required: true, defaultValue: 'ID_ASC' }) },
        resolve: ({ id: jobId }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.disputes, { jobId }, disputeOrder.of(orderBy), args),
      },
      DisputeConnection,
    ),
    queuedBatches: t.exposeInt('queuedBatches', {
      description: 'Drawn before and waiting for a draw again.',
    }),
    payments: t.connection(
      {
        type: Payment,
        args: { orderBy: t.arg({ type: paymentOrder.type, required: true, defaultValue: 'HEIGHT_ASC' }) },
        resolve: ({ id: jobId }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.payments, { jobId }, paymentOrder.of(orderBy), args),
      },
      PaymentConnection,
    ),
  }),
});

const JobFilter = builder.inputType('JobFilter', {
  fields: (t) => ({
    state: t.field({ type: JobState }),
    requester: t.string(),
    moduleId: t.field({ type: 'Hex' }),
  }),
});

/** Orders that no index serves together with the filter are refused. */
const servedOrder = (
  { state, requester, moduleId }: typeof JobFilter.$inferInput,
  orderBy: typeof jobOrder.type.$inferType,
) => {
  const order = jobOrder.of(orderBy);
  const served = order.field === 'id' || !(requester || moduleId || (state && order.field === 'funded'));
  if (!served)
    throw new BadArgumentError(`jobs with this filter come by ID_ASC or ID_DESC, not by ${orderBy}`);
  return order;
};

builder.queryFields((t) => ({
  jobs: t.connection(
    {
      type: Job,
      args: {
        filter: t.arg({ type: JobFilter }),
        orderBy: t.arg({ type: jobOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.jobs, given(filter), servedOrder(filter ?? {}, orderBy), args),
    },
    JobConnection,
  ),
  job: t.field({
    type: Job,
    nullable: true,
    args: { id: t.arg({ type: 'UInt64', required: true }) },
    resolve: (_root, { id }, context) => rowOf(context, 'jobs', id),
  }),
}));
