import type { Audit, AuditState } from '../../types/audit.js';
import type { AuditParams } from '../../types/params.js';
import * as wire from '../gen/dmcn/audit/v1/audit.js';
import { amount, count, named } from './scalar.js';

export const auditStates: ReadonlyMap<number, AuditState> = new Map([
  [wire.AuditState.AUDIT_STATE_QUEUED, 'Queued'],
  [wire.AuditState.AUDIT_STATE_DRAWN, 'Drawn'],
  [wire.AuditState.AUDIT_STATE_POSTED, 'Posted'],
  [wire.AuditState.AUDIT_STATE_MATCHED, 'Matched'],
  [wire.AuditState.AUDIT_STATE_DIFFERED, 'Differed'],
  [wire.AuditState.AUDIT_STATE_VACANT, 'Vacant'],
]);

export const toAudit = (audit: wire.Audit): Audit => ({
  jobId: audit.jobId,
  batch: audit.batch,
  epoch: audit.epoch,
  index: audit.index,
  state: named(auditStates.get(audit.state), 'audit state'),
  units: audit.units,
  round: audit.round,
  ...(audit.auditor !== '' && { auditor: audit.auditor }),
  ask: amount(audit.ask),
  drawnHeight: count(audit.drawnHeight),
  deadline: count(audit.deadline),
  hashes: audit.hashes,
  deposit: amount(audit.deposit),
  postedHeight: count(audit.postedHeight),
  differing: audit.differing,
  paid: audit.paid,
});

export const toAuditParams = (params: wire.Params): AuditParams => ({
  ...params,
  refereeCost: amount(params.refereeCost),
  commitGraceBlocks: count(params.commitGraceBlocks),
  absenceWindow: count(params.absenceWindow),
});
