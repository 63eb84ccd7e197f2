import { expect } from 'vitest';
import type { CheckedJob } from '../../support/wrong-work.js';
import { paidOnce } from './paid-once.js';
import type { Scene } from './scene.js';

const TRIES = 4;

/** Honest work, a batch a unit, until it is audited one time in five; then a job whose requester checks for itself. */
export async function givenSleeper(scene: Scene): Promise<CheckedJob> {
  const owner = scene.of('sleeper').owner;
  const awake = await scene.job('sleeper', '--batch-size', '1', '--samples', '1');
  await paidOnce(scene, awake);
  const standing = scene.chronicle
    .all('StandingChanged', (change) => change.owner === owner)
    .at(-1)?.newStanding;
  expect(standing).toBe(scene.truth.units);
  return scene.jobOf('sleeper', '--verify', '1');
}

/** What it has earned by ten batches of honest work is less than one batch of lies costs it. */
export async function caughtSleeper(scene: Scene, first: CheckedJob): Promise<void> {
  const { chronicle } = scene;
  const { owner } = scene.of('sleeper');
  const id = await first.id();
  const { auditBps } = await chronicle.first('BatchCommitted', ({ jobId }) => jobId === id);
  expect(auditBps).toBe(2_000);
  const job = await refuted(scene, first);
  const slash = await scene.slashed('sleeper', 'Leaf', await job.id());
  const { newStanding } = await chronicle.first(
    'StandingChanged',
    (change) => change.owner === owner && change.newFrauds === 1,
  );
  expect(newStanding).toBe(0);
  await scene.expectJailed('sleeper');
  await paidOnce(scene, job);
  const { earned, lost } = await scene.fortune('sleeper');
  expect(lost).toBe(slash.amount);
  expect(earned).toBeGreaterThan(0n);
  expect(lost).toBeGreaterThan(earned);
}

/** The job in which it is refuted: a machine that is busy may find a wrong unit too late to challenge it, and gives it another job. */
async function refuted(scene: Scene, job: CheckedJob, tries = 1): Promise<CheckedJob> {
  const { owner } = scene.of('sleeper');
  const id = await job.id();
  const held = () =>
    scene.chronicle.all('SlashHeld', ({ slash }) => slash.owner === owner && slash.jobId === id)[0];
  const over = () => scene.chronicle.all('JobSettled', ({ jobId }) => jobId === id)[0];
  await scene.chronicle.when(`job ${id} to be refuted or over`, 600, () => held() ?? over());
  if (held()) return job;
  expect(tries, 'jobs in which it lied and nobody noticed in time').toBeLessThan(TRIES);
  return refuted(scene, await scene.job('sleeper', '--verify', '1'), tries + 1);
}
