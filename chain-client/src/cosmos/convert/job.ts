import type { Escrow, Job, JobSpec } from '../../types/job.js';
import type { Module } from '../../types/module.js';
import type { TaskParams } from '../../types/params.js';
import type * as wire from '../gen/dmcn/task/v1/job.js';
import type { Module as WireModule } from '../gen/dmcn/task/v1/module.js';
import type { Params } from '../gen/dmcn/task/v1/params.js';
import type { QueryEscrowResponse } from '../gen/dmcn/task/v1/query.js';
import { amount, count, named, present } from './scalar.js';
import { jobStates, modes, wireMode } from './states.js';

export const toModule = (module: WireModule): Module => ({
  id: module.id,
  author: module.author,
  size: module.size,
  royaltyBps: module.royaltyBps,
  deposit: amount(module.deposit),
  height: count(module.height),
  name: module.name,
});

export const toJob = (job: wire.Job): Job => ({
  id: job.id,
  requester: job.requester,
  spec: toJobSpec(present(job.spec, 'job.spec')),
  state: named(jobStates.get(job.state), 'job state'),
  royaltyBps: job.royaltyBps,
  feeBps: job.feeBps,
  author: job.author,
  auditFloor: amount(job.auditFloor),
  batches: job.batches,
  nextBatch: job.nextBatch,
  liveBatches: job.liveBatches,
  finalBatches: job.finalBatches,
  endedBatches: job.endedBatches,
  funded: amount(job.funded),
  paid: amount(job.paid),
  royalties: amount(job.royalties),
  fees: amount(job.fees),
  audits: amount(job.audits),
  refunded: amount(job.refunded),
  remaining: amount(job.remaining),
  submittedHeight: count(job.submittedHeight),
  settledHeight: count(job.settledHeight),
  missingReporters: job.missingReporters,
  cancelled: job.cancelled,
  prunedBatches: job.prunedBatches,
  prunedHeight: count(job.prunedHeight),
});

export const toJobSpec = (spec: wire.JobSpec): JobSpec => ({
  ...spec,
  maxPrice: amount(spec.maxPrice),
  assurance: present(spec.assurance, 'spec.assurance'),
  mode: named(modes.get(spec.mode), 'mode'),
  deadline: count(spec.deadline),
});

export const fromJobSpec = (spec: JobSpec): wire.JobSpec => ({
  ...spec,
  args: [...spec.args],
  maxPrice: String(spec.maxPrice),
  mode: wireMode[spec.mode],
  locators: [...spec.locators],
  deadline: BigInt(spec.deadline),
  features: [...spec.features],
});

export const toEscrow = (escrow: QueryEscrowResponse): Escrow => ({
  escrow: amount(escrow.escrow),
  work: amount(escrow.work),
  royalty: amount(escrow.royalty),
  fee: amount(escrow.fee),
  audits: amount(escrow.audits),
});

export const toTaskParams = (params: Params): TaskParams => ({
  ...params,
  moduleDepositPerByte: amount(params.moduleDepositPerByte),
  minPrice: amount(params.minPrice),
  auditFloor: amount(params.auditFloor),
  demandDeposit: amount(params.demandDeposit),
  acceptBlocks: count(params.acceptBlocks),
  leaseBlocks: count(params.leaseBlocks),
  openBlocks: count(params.openBlocks),
  challengeBlocks: count(params.challengeBlocks),
  demandBlocks: count(params.demandBlocks),
  maxDeadline: count(params.maxDeadline),
  retentionBlocks: count(params.retentionBlocks),
  auditBlocks: count(params.auditBlocks),
  dataBlocks: count(params.dataBlocks),
  verdictBlocks: count(params.verdictBlocks),
  withheldBlocks: count(params.withheldBlocks),
  standingPrice: amount(params.standingPrice),
});
