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
export const Dispute = builder.objectRef<Rows['disputes']>('Dispute');
export const Vote = builder.objectRef<Rows['votes']>('Vote');
export const Audit = builder.objectRef<Rows['audits']>('Audit');
export const Slash = builder.objectRef<Rows['slashes']>('Slash');
export const Withheld = builder.objectRef<Rows['withheld']>('Withheld');
export const Absence = builder.objectRef<Rows['absences']>('Absence');
export const Requester = builder.objectRef<Rows['requesters']>('Requester');
export const MarketPeriod = builder.objectRef<Rows['marketPeriods']>('MarketPeriod');
export const EarningPeriod = builder.objectRef<Rows['earningPeriods']>('EarningPeriod');
export const Seed = builder.objectRef<Rows['seeds']>('Seed');
export const Block = builder.objectRef<Rows['blocks']>('Block');
export const Referee = builder.objectRef<Rows['referees']>('Referee');
export const Validator = builder.objectRef<Rows['validators']>('Validator');
export const Selection = builder.objectRef<Rows['selections']>('Selection');
export const Demand = builder.objectRef<Rows['demands']>('Demand');
export const MissingInput = builder.objectRef<Rows['missingInputs']>('MissingInput');

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
export const DisputeConnection = builder.connectionObject(
  { type: Dispute, name: 'DisputeConnection' },
  { name: 'DisputeEdge' },
);
export const VoteConnection = builder.connectionObject(
  { type: Vote, name: 'VoteConnection' },
  { name: 'VoteEdge' },
);
export const AuditConnection = builder.connectionObject(
  { type: Audit, name: 'AuditConnection' },
  { name: 'AuditEdge' },
);
export const SlashConnection = builder.connectionObject(
  { type: Slash, name: 'SlashConnection' },
  { name: 'SlashEdge' },
);
export const WithheldConnection = builder.connectionObject(
  { type: Withheld, name: 'WithheldConnection' },
  { name: 'WithheldEdge' },
);
export const AbsenceConnection = builder.connectionObject(
  { type: Absence, name: 'AbsenceConnection' },
  { name: 'AbsenceEdge' },
);
export const RequesterConnection = builder.connectionObject(
  { type: Requester, name: 'RequesterConnection' },
  { name: 'RequesterEdge' },
);
export const MarketPeriodConnection = builder.connectionObject(
  { type: MarketPeriod, name: 'MarketPeriodConnection' },
  { name: 'MarketPeriodEdge' },
);
export const EarningPeriodConnection = builder.connectionObject(
  { type: EarningPeriod, name: 'EarningPeriodConnection' },
  { name: 'EarningPeriodEdge' },
);
export const SeedConnection = builder.connectionObject(
  { type: Seed, name: 'SeedConnection' },
  { name: 'SeedEdge' },
);
export const BlockConnection = builder.connectionObject(
  { type: Block, name: 'BlockConnection' },
  { name: 'BlockEdge' },
);
export const RefereeConnection = builder.connectionObject(
  { type: Referee, name: 'RefereeConnection' },
  { name: 'RefereeEdge' },
);
export const DemandConnection = builder.connectionObject(
  { type: Demand, name: 'DemandConnection' },
  { name: 'DemandEdge' },
);
export const MissingInputConnection = builder.connectionObject(
  { type: MissingInput, name: 'MissingInputConnection' },
  { name: 'MissingInputEdge' },
);
export const ValidatorConnection = builder.connectionObject(
  { type: Validator, name: 'ValidatorConnection' },
  { name: 'ValidatorEdge' },
);
