import { expect } from 'vitest';
import type { CheckedJob } from '../../support/wrong-work.js';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

/** A requester that has every unit of a batch audited. */
export const givenSparse = (scene: Scene): Promise<CheckedJob> =>
  scene.jobOf('sparse', '--audit-rate', '1', '--samples', String(scene.truth.units));

/** One wrong unit in eight costs the bond of the whole batch. */
export async function caughtSparse(scene: Scene, job: CheckedJob): Promise<void> {
  const { chronicle } = scene;
  const id = await job.id();
  const slash = await scene.slashed('sparse', 'Leaf', id);
  const [offered] = chronicle.all('BatchOffered', ({ jobId }) => jobId === id);
  expect(slash.amount).toBe(offered?.lease.bond);
  expect(slash.shares.map(({ role, recipient }) => [role, recipient])).toContainEqual([
    'Prover',
    scene.of('auditor').owner,
  ]);
  const disputes = chronicle.all('DisputeOpened', ({ dispute }) => dispute.jobId === id);
  expect(disputes.map(({ dispute }) => [dispute.leaf.unit, dispute.cause])).toEqual([[7, 'Audit']]);
  await scene.expectJailed('sparse');
  await paidOnce(scene, job);
  const { earned, lost } = await scene.fortune('sparse');
  expect([earned, lost]).toEqual([0n, slash.amount]);
}
