import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { DisputeCause, DisputeState, UnitStatus, Verdict } from './enums.js';
import { disputeOrder, historyOrder } from './orders.js';
import {
  Absence,
  AbsenceConnection,
  Batch,
  Dispute,
  DisputeConnection,
  Job,
  Lease,
  Referee,
  RefereeConnection,
  Unit,
  Vote,
  VoteConnection,
  Worker,
} from './refs.js';
import { namedRow, rowOf, timeOf } from './row.js';
import { knownStatus } from './unit.js';

interface LeafRow {
  readonly status: number;
  readonly exitCode: number;
  readonly gas: bigint;
  readonly outputHash: string;
}

const Leaf = builder.objectRef<LeafRow>('Leaf').implement({
  description: 'The outcome of a unit as somebody claims it.',
  fields: (t) => ({
    status: t.field({ type: UnitStatus, resolve: ({ status }) => knownStatus(status) }),
    exitCode: t.exposeFloat('exitCode', { description: '0 unless it exited by itself; at most 2^32 - 1.' }),
    gas: t.expose('gas', { type: 'UInt64' }),
    outputHash: t.expose('outputHash', { type: 'Hex', description: 'SHA-256 of the output.' }),
  }),
});

Dispute.implement({
  description: 'About one unit of an opened batch, decided by the validators’ referees.',
  fields: (t) => ({
    id: t.expose('id', { type: 'UInt64' }),
    jobId: t.expose('jobId', { type: 'UInt64' }),
    job: t.field({ type: Job, resolve: ({ jobId }, _args, context) => namedRow(context, 'jobs', jobId) }),
    batchIndex: t.exposeInt('batch'),
    batch: t.field({
      type: Batch,
      resolve: ({ jobId, batch }, _args, context) => namedRow(context, 'batches', jobId, batch),
    }),
    epoch: t.exposeInt('epoch'),
    lease: t.field({
      type: Lease,
      resolve: ({ jobId, batch, epoch }, _args, context) => namedRow(context, 'leases', jobId, batch, epoch),
    }),
    unitIndex: t.exposeInt('unit', { description: 'Counts over the whole job.' }),
    unit: t.field({
      type: Unit,
      nullable: true,
      description: 'The outcome that stands; null once it was refuted.',
      resolve: ({ jobId, unit }, _args, context) => rowOf(context, 'units', jobId, unit),
    }),
    owner: t.exposeString('worker', { description: 'Of the worker whose leaf is disputed.' }),
    worker: t.field({
      type: Worker,
      resolve: ({ worker }, _args, context) => namedRow(context, 'workers', worker),
    }),
    leaf: t.field({ type: Leaf, description: 'The worker’s.', resolve: (dispute) => dispute }),
    cause: t.expose('cause', { type: DisputeCause }),
    state: t.expose('state', { type: DisputeState }),
    verdict: t.expose('verdict', { type: Verdict, nullable: true, description: 'Null before the end.' }),
    poster: t.exposeString('poster', { description: 'Of the input; the challenger of a challenge.' }),
    deposit: t.expose('deposit', { type: 'Amount', description: 'Of a challenge, 0 for other causes.' }),
    inputHash: t.expose('inputHash', { type: 'Hex', description: 'SHA-256 of the input.' }),
    postedHeight: t.expose('postedHeight', {
      type: 'Height',
      description: 'Block of the transaction that has the input.',
    }),
    startedHeight: t.field({
      type: 'Height',
      nullable: true,
      description: 'When it reached the head of the queue.',
      resolve: ({ startedHeight }) => startedHeight || null,
    }),
    commitDeadline: t.expose('commitDeadline', { type: 'Height' }),
    deadline: t.expose('deadline', {
      type: 'Height',
      description: 'Last height for reveals, 0 while Queued.',
    }),
    extended: t.exposeBoolean('extended', { description: 'The time was given once more.' }),
    totalPower: t.expose('totalPower', { type: 'UInt64' }),
    committedPower: t.expose('committedPower', { type: 'UInt64' }),
    revealedPower: t.expose('revealedPower', { type: 'UInt64' }),
    changedHeight: t.expose('changedHeight', { type: 'Height' }),
    endedHeight: t.expose('endedHeight', { type: 'Height', nullable: true }),
    depositReturnedHeight: t.expose('returnedHeight', { type: 'Height', nullable: true }),
    votes: t.connection(
      {
        type: Vote,
        resolve: ({ id: disputeId }, args, context) =>
          connectionOf(context, context.reader.votes, { disputeId }, { field: 'id' }, args),
      },
      VoteConnection,
    ),
  }),
});

Vote.implement({
  description: 'What a validator did in a dispute.',
  fields: (t) => ({
    disputeId: t.expose('disputeId', { type: 'UInt64' }),
    dispute: t.field({
      type: Dispute,
      resolve: ({ disputeId }, _args, context) => namedRow(context, 'disputes', disputeId),
    }),
    validator: t.exposeString('validator', { description: 'Operator address.' }),
    power: t.expose('power', { type: 'UInt64' }),
    hash: t.expose('hash', { type: 'Hex', nullable: true, description: 'What was committed.' }),
    committedHeight: t.expose('committedHeight', { type: 'Height', nullable: true }),
    leaf: t.field({
      type: Leaf,
      nullable: true,
      description: 'What was revealed.',
      resolve: ({ status, exitCode, gas, outputHash }) =>
        status === null || exitCode === null || gas === null || outputHash === null
          ? null
          : { status, exitCode, gas, outputHash },
    }),
    revealedHeight: t.expose('revealedHeight', { type: 'Height', nullable: true }),
    earned: t.expose('earned', { type: 'Amount', nullable: true }),
    absent: t.exposeBoolean('absent', { description: 'Did not vote while most others did.' }),
    jailed: t.exposeBoolean('jailed', { description: 'For that absence.' }),
  }),
});

Absence.implement({
  description: 'A validator did not vote in a dispute that most others voted in.',
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    time: t.field({ type: 'DateTime', resolve: ({ height }, _args, context) => timeOf(context, height) }),
    disputeId: t.expose('disputeId', { type: 'UInt64' }),
    validator: t.exposeString('validator'),
    power: t.expose('power', { type: 'UInt64' }),
    jailed: t.exposeBoolean('jailed'),
  }),
});

Referee.implement({
  description: 'The process beside a validator that executes disputed units.',
  fields: (t) => ({
    validator: t.exposeString('validator', { description: 'Operator address.' }),
    account: t.exposeString('account'),
    encryptionKey: t.expose('encryptionKey', { type: 'Hex' }),
    registeredHeight: t.expose('registeredHeight', { type: 'Height' }),
    votes: t.connection(
      {
        type: Vote,
        description: 'The newest first.',
        resolve: ({ validator }, args, context) =>
          connectionOf(context, context.reader.votes, { validator }, { field: 'id', descending: true }, args),
      },
      VoteConnection,
    ),
    absences: t.connection(
      {
        type: Absence,
        args: { orderBy: t.arg({ type: historyOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: ({ validator }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.absences, { validator }, historyOrder.of(orderBy), args),
      },
      AbsenceConnection,
    ),
  }),
});

const DisputeFilter = builder.inputType('DisputeFilter', {
  fields: (t) => ({
    state: t.field({ type: DisputeState }),
    worker: t.string({ description: 'Owner of the worker.' }),
    jobId: t.field({ type: 'UInt64' }),
  }),
});

builder.queryFields((t) => ({
  disputes: t.connection(
    {
      type: Dispute,
      args: {
        filter: t.arg({ type: DisputeFilter }),
        orderBy: t.arg({ type: disputeOrder.type, required: true, defaultValue: 'ID_DESC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.disputes, given(filter), disputeOrder.of(orderBy), args),
    },
    DisputeConnection,
  ),
  dispute: t.field({
    type: Dispute,
    nullable: true,
    args: { id: t.arg({ type: 'UInt64', required: true }) },
    resolve: (_root, { id }, context) => rowOf(context, 'disputes', id),
  }),
  referees: t.connection(
    {
      type: Referee,
      resolve: (_root, args, context) =>
        connectionOf(context, context.reader.referees, {}, { field: 'validator' }, args),
    },
    RefereeConnection,
  ),
  absences: t.connection(
    {
      type: Absence,
      args: { orderBy: t.arg({ type: historyOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
      resolve: (_root, { orderBy, ...args }, context) =>
        connectionOf(context, context.reader.absences, {}, historyOrder.of(orderBy), args),
    },
    AbsenceConnection,
  ),
}));
