import { builder } from '../builder.js';
import { connectionOf, given } from '../connection.js';
import { ValidatorStatus } from './enums.js';
import { historyOrder, validatorOrder } from './orders.js';
import {
  Absence,
  AbsenceConnection,
  Referee,
  Validator,
  ValidatorConnection,
  Vote,
  VoteConnection,
} from './refs.js';
import { rowOf } from './row.js';

Validator.implement({
  description:
    'Runs the chain. Known once there is stake on it, or it proposed a block, registered a key or a referee, or had to vote.',
  fields: (t) => ({
    operator: t.exposeString('operator', { description: 'Operator address.' }),
    moniker: t.exposeString('moniker', { description: 'Its own name for itself.' }),
    status: t.expose('status', {
      type: ValidatorStatus,
      nullable: true,
      description: 'Null once nothing is staked on it any more.',
    }),
    jailed: t.exposeBoolean('isJailed', { description: 'Kept from signing blocks.' }),
    stake: t.expose('stake', { type: 'Amount', description: 'Of everybody, on it.' }),
    commission: t.exposeString('commission', {
      nullable: true,
      description: 'The part of its delegators’ rewards that it keeps, a decimal number from 0 to 1.',
    }),
    consensusAddress: t.expose('consensusAddress', {
      type: 'Hex',
      nullable: true,
      description: 'What blocks name it by as their proposer.',
    }),
    proposed: t.expose('proposed', { type: 'UInt64', description: 'Blocks whose seed it made.' }),
    liveProposed: t.expose('live', { type: 'UInt64', description: 'Of them those with a proof.' }),
    lastProposedHeight: t.field({
      type: 'Height',
      nullable: true,
      resolve: ({ lastProposedHeight }) => lastProposedHeight || null,
    }),
    keyHeight: t.expose('keyHeight', {
      type: 'Height',
      nullable: true,
      description: 'When its newest key was registered; null where it has the one of genesis.',
    }),
    referee: t.field({
      type: Referee,
      nullable: true,
      resolve: ({ operator }, _args, context) => rowOf(context, 'referees', operator),
    }),
    voteCount: t.expose('votes', { type: 'UInt64', description: 'Revealed.' }),
    absenceCount: t.expose('absences', { type: 'UInt64' }),
    jailedCount: t.expose('jailed', { type: 'UInt64', description: 'Absences that it was jailed for.' }),
    earned: t.expose('earned', { type: 'Amount', description: 'In disputes.' }),
    votes: t.connection(
      {
        type: Vote,
        description: 'The newest first.',
        resolve: ({ operator: validator }, args, context) =>
          connectionOf(context, context.reader.votes, { validator }, { field: 'id', descending: true }, args),
      },
      VoteConnection,
    ),
    absences: t.connection(
      {
        type: Absence,
        args: { orderBy: t.arg({ type: historyOrder.type, required: true, defaultValue: 'HEIGHT_DESC' }) },
        resolve: ({ operator: validator }, { orderBy, ...args }, context) =>
          connectionOf(context, context.reader.absences, { validator }, historyOrder.of(orderBy), args),
      },
      AbsenceConnection,
    ),
  }),
});

const ValidatorFilter = builder.inputType('ValidatorFilter', {
  fields: (t) => ({ status: t.field({ type: ValidatorStatus }) }),
});

builder.queryFields((t) => ({
  validators: t.connection(
    {
      type: Validator,
      args: {
        filter: t.arg({ type: ValidatorFilter }),
        orderBy: t.arg({ type: validatorOrder.type, required: true, defaultValue: 'OPERATOR_ASC' }),
      },
      resolve: (_root, { filter, orderBy, ...args }, context) =>
        connectionOf(context, context.reader.validators, given(filter), validatorOrder.of(orderBy), args),
    },
    ValidatorConnection,
  ),
  validator: t.field({
    type: Validator,
    nullable: true,
    args: { operator: t.arg.string({ required: true }) },
    resolve: (_root, { operator }, context) => rowOf(context, 'validators', operator),
  }),
}));
