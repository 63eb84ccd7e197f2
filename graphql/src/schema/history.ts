import { BondChange, Lapse, ReputationChange } from './refs.js';
import { timeOf } from './row.js';

ReputationChange.implement({
  description: 'A move of a worker’s availability and reputation.',
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    time: t.field({ type: 'DateTime', resolve: ({ height }, _args, context) => timeOf(context, height) }),
    cause: t.exposeString('cause', { description: 'register, final, missed_offer, lapse or not_opened.' }),
    oldAvailability: t.exposeInt('oldAvailability'),
    newAvailability: t.exposeInt('newAvailability'),
    oldReputation: t.exposeInt('oldReputation'),
    newReputation: t.exposeInt('newReputation'),
    batchesFinal: t.exposeInt('batchesFinal'),
    missed: t.exposeInt('missed'),
    jobId: t.expose('jobId', { type: 'UInt64', nullable: true }),
    batchIndex: t.exposeInt('batch', { nullable: true }),
    epoch: t.exposeInt('epoch', { nullable: true }),
  }),
});

BondChange.implement({
  description: 'A move of a worker’s bond or of its locked part.',
  fields: (t) => ({
    height: t.expose('height', { type: 'Height' }),
    time: t.field({ type: 'DateTime', resolve: ({ height }, _args, context) => timeOf(context, height) }),
    cause: t.exposeString('cause'),
    oldBond: t.expose('oldBond', { type: 'Amount' }),
    newBond: t.expose('newBond', { type: 'Amount' }),
    oldLocked: t.expose('oldLocked', { type: 'Amount' }),
    newLocked: t.expose('newLocked', { type: 'Amount' }),
    lots: t.exposeInt('lots'),
  }),
});

Lapse.implement({
  description: 'Bond of a lease that ran out, locked for a while.',
  fields: (t) => ({
    id: t.expose('id', { type: 'UInt64' }),
    amount: t.expose('amount', { type: 'Amount' }),
    height: t.expose('height', { type: 'Height' }),
    releaseHeight: t.expose('releaseHeight', { type: 'Height', description: 'When it is due.' }),
    releasedHeight: t.expose('releasedHeight', {
      type: 'Height',
      nullable: true,
      description: 'Null while it is locked.',
    }),
  }),
});
