import { expect } from 'vitest';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

/** A guess costs its deposit; the worker that it accused is paid, and so is the auditor that did the work. */
export async function caughtLazyAuditor(scene: Scene): Promise<void> {
  const { chronicle } = scene;
  const { owner } = scene.of('lazy-auditor');
  const job = await scene.job('lazy-auditor', '--audit-rate', '1', '--auditors', '2');
  const id = await job.id();
  const slash = await scene.slashed('lazy-auditor', 'Audit', id);
  const differed = chronicle.all(
    'AuditStateChanged',
    ({ audit, cause }) => audit.jobId === id && cause === 'differed',
  );
  expect(differed.map(({ audit }) => audit.auditor)).toEqual([owner]);
  expect(slash.amount).toBe(differed[0]?.audit.deposit);
  const disputes = chronicle.all(
    'DisputeStateChanged',
    ({ dispute }) => dispute.jobId === id && dispute.state === 'Decided',
  );
  expect(new Set(disputes.map(({ dispute }) => dispute.verdict))).toEqual(new Set(['ForWorker']));
  await scene.expectJailed('lazy-auditor');
  const { units } = await paidOnce(scene, job);
  expect(new Set(units.map(({ worker }) => worker))).toEqual(new Set([scene.of('worker').owner]));
  const fees = chronicle.all('AuditPaid', ({ jobId }) => jobId === id);
  expect(fees.map(({ auditor }) => auditor)).toEqual([scene.of('auditor').owner]);
  const { earned, lost } = await scene.fortune('lazy-auditor');
  expect([earned, lost]).toEqual([0n, slash.amount]);
}
