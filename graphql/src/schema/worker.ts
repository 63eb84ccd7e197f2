import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { BatchState, WorkerStatus } from './enums.js';
import {
  auditOrder,
  batchOrder,
  disputeOrder,
  historyOrder,
  leaseOrder,
  paymentOrder,
  periodOrder,
  slashOrder,
  unitOrder,
  workerOrder,
} from './orders.js';
import { periodArgs, periodFilter } from './period.js';
import {
  Audit,
  AuditConnection,
  Batch,
  BatchConnection,
  BondChange,
  BondChangeConnection,
  Dispute,
  DisputeConnection,
  EarningPeriod,
  EarningPeriodConnection,
  Lapse,
  LapseConnection,
  Lease,
  LeaseConnection,
  Payment,
  PaymentConnection,
  ReputationChange,
  ReputationChangeConnection,
  Slash,
  SlashConnection,
  Unit,
  UnitConnection,
  Withheld,
  WithheldConnection,
  Worker,
  WorkerConnection,
} from './refs.js';

Worker.implement({
  description: 'A registered executor, known by its owner.',
  fields: (t) => ({
    owner: t.exposeString('owner', { description: 'Cold account: bond, payout and identity.' }),
    operator: t.exposeString('operator', { description: 'Hot account that accepts, commits and opens.' }),
    encryptionKey: t.expose('encryptionKey', { type: 'Hex' }),
    status: t.expose('status', { type: WorkerStatus }),
    ask: t.expose('ask', { type: 'Amount', description: 'udmc for 10^9 gas.' }),
    rate: t.expose('rate', { type: 'UInt64', description: 'Gas a block.' }),
    memory: t.expose('memory', { type: 'UInt64', description: 'Largest of a unit, in bytes.' }),
    features: t.exposeStringList('features'),
    modules: t.expose('modules', {
      type: ['Hex'],
      description: 'Ids of the modules that it runs; every module where there is none.',
    }),
    maxGasLimit: t.expose('maxGasLimit', {
      type: 'UInt64',
      description: 'Largest gas limit of a unit that it takes; 0 means any.',
    }),
    bond: t.expose('bond', { type: 'Amount', description: 'Whole bond, locked part included.' }),
    locked: t.expose('locked', { type: 'Amount' }),
    lots: t.exposeInt('lots', { description: 'Slots in the draw.' }),
    availability: t.exposeInt('availability', { description: '0 to 10,000.' }),
    reputation: t.exposeInt('reputation'),
    batchesFinal: t.exposeInt('batchesFinal'),
    load: t.exposeInt('load', { description: 'Batches offered or leased to it now.' }),
    missed: t.exposeInt('missed', { description: 'Offers missed in a row.' }),
    registeredHeight: t.expose('registeredHeight', { type: 'Height' }),
    lapseCount: t.exposeInt('lapses'),
    unitsPaid: t.expose('unitsPaid', { type: 'UInt64' }),
    gasPaid: t.expose('gasPaid', { type: 'UInt64' }),
    earned: t.expose('earned', { type: 'Amount', description: 'Pay of all its batches.' }),
    batches: t.connection(
      {
        type: Batch,
        description: 'That it holds, or did.',
        args: {
          state: t.arg({ type: BatchState }),
          orderBy: t.arg({ type: batchOrder.type, required: true, defaultValue: 'ID_DESC' }),
        },
        resolve: ({ owner: worker }, { state, orderBy, ...args }, context) =>
          connectionOf(
            context,
            context.reader.batches,
            { worker, ...given({ state }) },
            batchOrder.of(orderBy),
            args,
          ),
      },
      BatchConnection,
    ),
    leases: t.connection(
      {
        type: Lease,
        description: 'Also those that came to nothing.',
        args: { orderBy: t.arg({ type: leaseOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner: worker }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.leases, { worker }, leaseOrder.of(orderBy), args),
      },
      LeaseConnection,
    ),
    units: t.connection(
      {
        type: Unit,
        args: { orderBy: t.arg({ type: unitOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner: worker }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.units, { worker }, unitOrder.of(orderBy), args),
      },
      UnitConnection,
    ),
    payments: t.connection(
      {
        type: Payment,
        args: { orderBy: t.arg({ type: paymentOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: ({ owner: worker }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.payments, { worker }, paymentOrder.of(orderBy), args),
      },
      PaymentConnection,
    ),
    reputationHistory: t.connection(
      {
        type: ReputationChange,
        args: { orderBy: t.arg({ type: historyOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: ({ owner }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.reputationHistory, { owner }, historyOrder.of(orderBy), args),
      },
      ReputationChangeConnection,
    ),
    bondHistory: t.connection(
      {
        type: BondChange,
        args: { orderBy: t.arg({ type: historyOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: ({ owner }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.bondHistory, { owner }, historyOrder.of(orderBy), args),
      },
      BondChangeConnection,
    ),
    standing: t.exposeInt('standing', {
      description: 'Audits matched since the last fraud; decides how often it is audited.',
    }),
    frauds: t.exposeInt('frauds'),
    jailUntil: t.expose('jailUntil', {
      type: 'Height',
      description: 'From when it can come back, while it is Jailed.',
    }),
    earnings: t.connection(
      {
        type: EarningPeriod,
        description: 'What it earned in each stretch of time that has a payment.',
        args: periodArgs(t),
        resolve: ({ owner }, { orderBy, ...args }, context) =>
          connectionOf(
            context,
            context.reader.earningPeriods,
            { owner, ...periodFilter(args) },
            periodOrder.of(orderBy),
            args,
          ),
      },
      EarningPeriodConnection,
    ),
    audits: t.connection(
      {
        type: Audit,
        description: 'Those that it was drawn for.',
        args: { orderBy: t.arg({ type: auditOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner: auditor }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.audits, { auditor }, auditOrder.of(orderBy), args),
      },
      AuditConnection,
    ),
    audited: t.connection(
      {
        type: Audit,
        description: 'Those of its own batches.',
        args: { orderBy: t.arg({ type: auditOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner: worker }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.audits, { worker }, auditOrder.of(orderBy), args),
      },
      AuditConnection,
    ),
    disputes: t.connection(
      {
        type: Dispute,
        description: 'About its leaves.',
        args: { orderBy: t.arg({ type: disputeOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner: worker }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.disputes, { worker }, disputeOrder.of(orderBy), args),
      },
      DisputeConnection,
    ),
    withheld: t.connection(
      {
        type: Withheld,
        resolve: ({ owner: worker }, args, context) =>
          connectionOf(context, context.reader.withheld, { worker }, { field: 'id', descending: true }, args),
      },
      WithheldConnection,
    ),
    slashes: t.connection(
      {
        type: Slash,
        args: { orderBy: t.arg({ type: slashOrder.type, required: true, defaultValue: 'ID_DESC' }) },
        resolve: ({ owner }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.slashes, { owner }, slashOrder.of(orderBy), args),
      },
      SlashConnection,
    ),
    lapses: t.connection(
      {
        type: Lapse,
        description: 'The newest first.',
        resolve: ({ owner }, args, context) =>
          connectionOf(context, context.reader.lapses, { owner }, { field: 'id', descending: true }, args),
      },
      LapseConnection,
    ),
  }),
});

const WorkerFilter = builder.inputType('WorkerFilter', {
  fields: (t) => ({ status: t.field({ type: WorkerStatus }) }),
});

builder.queryFields((t) => ({
  workers: t.connection(
    {
      type: Worker,
      args: {
        filter: t.arg({ type: WorkerFilter }),
        orderBy: t.arg({ type: workerOrder.type, required: true, defaultValue: 'OWNER_ASC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.workers, given(filter), workerOrder.of(orderBy), args),
    },
    WorkerConnection,
  ),
  worker: t.field({
    type: Worker,
    nullable: true,
    args: { address: t.arg.string({ required: true, description: 'Owner or operator.' }) },
    resolve: (_root, { address }, { reader, rows }) => {
      rows.spend(1);
      return reader.worker(address);
    },
  }),
}));
