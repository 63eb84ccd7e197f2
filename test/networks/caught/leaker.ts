import { expect } from 'vitest';
import type { CheckedJob } from '../../support/wrong-work.js';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

/** The copier and the honest auditor each audit all units. */
export const givenLeaker = (scene: Scene): Promise<CheckedJob> =>
  scene.jobOf('leaker', '--auditors', '2', '--samples', String(scene.truth.units));

/** One that executes refutes both the worker and the one that copied what was shown. */
export async function caughtLeaker(scene: Scene, job: CheckedJob): Promise<void> {
  const { chronicle } = scene;
  const [leaker, copier, auditor] = [scene.of('leaker'), scene.of('copier'), scene.of('auditor')];
  const id = await job.id();
  const shown = chronicle.all('KeyShown', ({ jobId }) => jobId === id);
  expect(shown.map(({ worker, shownBy }) => [worker, shownBy])).toEqual([[leaker.owner, leaker.operator]]);
  const [slash, copied] = [
    await scene.slashed('leaker', 'Leaf', id),
    await scene.slashed('copier', 'Audit', id),
  ];
  const compared = chronicle.all(
    'AuditStateChanged',
    ({ audit, worker, cause }) =>
      audit.jobId === id && worker === leaker.owner && ['matched', 'differed'].includes(cause),
  );
  expect(new Map(compared.map(({ audit, cause }) => [audit.auditor, cause]))).toEqual(
    new Map([
      [copier.owner, 'matched'],
      [auditor.owner, 'differed'],
    ]),
  );
  const provers = slash.shares.filter(({ role }) => role === 'Prover').map(({ recipient }) => recipient);
  expect(provers).toEqual([auditor.owner]);
  await Promise.all([scene.expectJailed('leaker'), scene.expectJailed('copier')]);
  await paidOnce(scene, job);
  const [ofLeaker, ofCopier] = [await scene.fortune('leaker'), await scene.fortune('copier')];
  expect([ofLeaker.earned, ofCopier.earned, ofCopier.lost]).toEqual([0n, 0n, copied.amount]);
  const cost = ofLeaker.lost - slash.amount;
  expect(cost, 'what it gave the requester for a certain audit').toBeGreaterThan(0n);
}
