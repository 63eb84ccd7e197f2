import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';

// The types name each other; their fields are in the files beside this one.
export const Module = builder.objectRef<Rows['modules']>('Module');
export const Job = builder.objectRef<Rows['jobs']>('Job');
export const Batch = builder.objectRef<Rows['batches']>('Batch');
export const Lease = builder.objectRef<Rows['leases']>('Lease');
export const Unit = builder.objectRef<Rows['units']>('Unit');
export const Payment = builder.objectRef<Rows['payments']>('Payment');
export const Worker = builder.objectRef<Rows['workers']>('Worker');
export const ReputationChange = builder.objectRef<Rows['reputationHistory']>('ReputationChange');
export const BondChange = builder.objectRef<Rows['bondHistory']>('BondChange');
export const Lapse = builder.objectRef<Rows['lapses']>('Lapse');

export const ModuleConnection = builder.connectionObject(
  { type: Module, name: 'ModuleConnection' },
  { name: 'ModuleEdge' },
);
export const JobConnection = builder.connectionObject(
  { type: Job, name: 'JobConnection' },
  { name: 'JobEdge' },
);
export const BatchConnection = builder.connectionObject(
  { type: Batch, name: 'BatchConnection' },
  { name: 'BatchEdge' },
);
export const LeaseConnection = builder.connectionObject(
  { type: Lease, name: 'LeaseConnection' },
  { name: 'LeaseEdge' },
);
export const UnitConnection = builder.connectionObject(
  { type: Unit, name: 'UnitConnection' },
  { name: 'UnitEdge' },
);
export const PaymentConnection = builder.connectionObject(
  { type: Payment, name: 'PaymentConnection' },
  { name: 'PaymentEdge' },
);
export const WorkerConnection = builder.connectionObject(
  { type: Worker, name: 'WorkerConnection' },
  { name: 'WorkerEdge' },
);
export const ReputationChangeConnection = builder.connectionObject(
  { type: ReputationChange, name: 'ReputationChangeConnection' },
  { name: 'ReputationChangeEdge' },
);
export const BondChangeConnection = builder.connectionObject(
  { type: BondChange, name: 'BondChangeConnection' },
  { name: 'BondChangeEdge' },
);
export const LapseConnection = builder.connectionObject(
  { type: Lapse, name: 'LapseConnection' },
  { name: 'LapseEdge' },
);
