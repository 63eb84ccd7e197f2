import { expect } from 'vitest';
import type { CheckedJob } from '../../support/wrong-work.js';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

/** Two batches. */
export const givenSquatter = (scene: Scene): Promise<CheckedJob> =>
  scene.jobOf('squatter', '--batch-size', String(scene.truth.units / 2));

/**
 * Nothing before a commit is slashed: it earns nothing, and its bond is locked twice as long each time. The job is for others
 * then, and for it once more only where there is nobody else.
 */
export async function caughtSquatter(scene: Scene, job: CheckedJob): Promise<void> {
  const { chronicle, network } = scene;
  const { owner } = scene.of('squatter');
  const id = await job.id();
  const lapses = await chronicle.when('two lapses', 600, () => {
    const found = chronicle.all('Lapsed', ({ lapse }) => lapse.owner === owner);
    return found.length >= 2 && found.slice(0, 2).map(({ lapse }) => lapse);
  });
  const [short, long] = lapses.map(({ height, releaseHeight }) => releaseHeight - height) as [number, number];
  expect(long).toBe(2 * short);
  const bonds = chronicle.all(
    'BatchOffered',
    ({ jobId, epoch, lease }) => jobId === id && epoch === 0 && lease.worker === owner,
  );
  expect(lapses.map(({ amount }) => amount)).toEqual(bonds.map(({ lease }) => lease.bond));
  const { worker, lapses: held } = await network.chain.worker(owner);
  expect(held.slice(0, 2)).toEqual(lapses);
  expect(worker.locked).toBeGreaterThanOrEqual(lapses.reduce((sum, { amount }) => sum + amount, 0n));
  const trust = chronicle.all('ReputationChanged', (each) => each.owner === owner && each.cause === 'lapse');
  expect(trust.length).toBeGreaterThanOrEqual(2);
  for (const { oldAvailability, newAvailability } of trust)
    expect(newAvailability).toBeLessThan(oldAvailability);
  const { units } = await paidOnce(scene, job);
  expect(new Set(units.map((unit) => unit.worker))).toEqual(new Set([scene.of('worker').owner]));
  const { earned, lost, change } = await scene.fortune('squatter');
  expect([earned, lost]).toEqual([0n, 0n]);
  expect(change).toBeLessThan(0n);
}
