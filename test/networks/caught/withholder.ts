import { expect } from 'vitest';
import type { CheckedJob } from '../../support/wrong-work.js';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

export const givenWithholder = (scene: Scene): Promise<CheckedJob> =>
  scene.jobOf('withholder', '--audit-rate', '1');

/** Nobody can open what it committed: others do the batch, its bond pays the auditor, and the rest of it is lost. */
export async function caughtWithholder(scene: Scene, job: CheckedJob): Promise<void> {
  const { chronicle } = scene;
  const { owner } = scene.of('withholder');
  const id = await job.id();
  const slash = await scene.slashed('withholder', 'Withheld', id);
  const [offered] = chronicle.all('BatchOffered', ({ jobId }) => jobId === id);
  const [fee] = chronicle.all('AuditPaid', ({ jobId, source }) => jobId === id && source === 'lock');
  expect(fee?.auditor).toBe(scene.of('auditor').owner);
  expect(slash.amount + (fee?.fee ?? 0n)).toBe(offered?.lease.bond);
  expect(slash.shares.map(({ role, recipient }) => [role, recipient])).toEqual([['Prover', fee?.auditor]]);
  const [released] = chronicle.all('SlashReleased', (release) => release.slash.id === slash.id);
  expect(released?.burned).toBe(slash.amount - (slash.shares[0]?.amount ?? 0n));
  const { units } = await paidOnce(scene, job);
  expect(new Set(units.map(({ worker }) => worker))).toEqual(new Set([scene.of('worker').owner]));
  expect(chronicle.all('BatchOpened', ({ jobId, worker }) => jobId === id && worker === owner)).toEqual([]);
  const { earned, lost } = await scene.fortune('withholder');
  expect([earned, lost]).toEqual([0n, offered?.lease.bond]);
}
