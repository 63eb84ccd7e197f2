import { readFileSync } from 'node:fs';
import { hashBlob, hashToHex } from '@dmcn/blob-store';
import { generateEncryptionKeyPair } from '@dmcn/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { FundsError } from './funds.js';
import { prepareInputs } from './inputs.js';
import type { RequesterIdentity } from './ports.js';
import { type JobRequest, type SubmittedJob, submitJob } from './submit.js';
import { FAKE_FEE, FakeWorld, type Fate, fakeSigner } from './testing/fake-world.js';
import { Mortal } from './testing/fragile.js';

const code = readFileSync(new URL('../../modules/digits/digits.wasm', import.meta.url));
const module = { id: hashBlob(code), code, name: 'digits' };
const inputs = prepareInputs([
  { name: 'a', bytes: Uint8Array.of(1) },
  { name: 'b', bytes: Uint8Array.of(2) },
]);
const request: JobRequest = { module, inputs, choices: {}, locators: ['http://blobs'], maxTotal: 10n ** 11n };
let identity: RequesterIdentity;
beforeAll(async () => {
  identity = { signer: fakeSigner, encryption: await generateEncryptionKeyPair() };
});

/** What the requester has noted of its job, as an output directory does. */
interface Note {
  job?: SubmittedJob;
}

/** One process that submits unless its job is noted; `died` where it did not live to know. */
function attempt(world: FakeWorld, note: Note = {}, mortal = new Mortal(), wanted = request) {
  const ports = world.ports(mortal);
  return mortal.live(async (): Promise<SubmittedJob> => {
    const noted = await mortal.act(() => note.job);
    if (noted) return noted;
    const submitted = await submitJob(wanted, identity, ports, { name: 'job' });
    await mortal.act(() => {
      note.job = submitted;
    });
    await ports.journal?.forget('job');
    return submitted;
  });
}

/** How many steps a life has in which nothing goes wrong, at most. */
async function countSteps(): Promise<number> {
  const mortal = new Mortal();
  await attempt(new FakeWorld(), {}, mortal);
  return mortal.lived;
}

describe('submitJob', () => {
  const fates: readonly Fate[] = ['included', 'lost', 'expired'];

  test('publishes the module and submits the job in one transaction', async () => {
    const world = new FakeWorld();
    const before = world.balance;
    const submitted = await attempt(world);
    expect(submitted).toMatchObject({ jobId: 1n, deposit: BigInt(code.length) });
    if (submitted === 'died') return;
    expect(before - world.balance).toBe(submitted.escrow + submitted.deposit + FAKE_FEE);
  });

  test.each(fates)(
    'dies at every step, and is repeated: one job, one escrow (what was broadcast is %s)',
    async (fate) => {
      const steps = await countSteps();
      expect(steps).toBeGreaterThan(20);
      for (let deathAt = 0; deathAt < steps; deathAt += 1) {
        const [world, note] = [new FakeWorld(), {}];
        const before = world.balance;
        expect(await attempt(world, note, new Mortal(deathAt)), `death at step ${deathAt}`).toBe('died');
        world.pass(fate);
        const submitted = await attempt(world, note);
        if (submitted === 'died') throw new Error('died without a reason');
        expect(world.jobs, `death at step ${deathAt}`).toEqual([submitted.escrow]);
        expect(submitted.jobId).toBe(1n);
        expect(before - world.balance).toBe(submitted.escrow + submitted.deposit + FAKE_FEE);
        expect(world.blobs.size).toBe(3);
      }
    },
  );

  test('dies twice, at every pair of steps, and is repeated: one job, one escrow', async () => {
    const steps = await countSteps();
    for (let first = 0; first < steps; first += 1) {
      for (let second = 0; second < steps; second += 1) {
        for (const fate of fates) {
          const [world, note] = [new FakeWorld(), {}];
          world.modules.add(hashToHex(module.id));
          await attempt(world, note, new Mortal(first));
          world.pass(fate);
          await attempt(world, note, new Mortal(second));
          world.pass(fates[(first + second) % fates.length] ?? 'lost');
          await attempt(world, note);
          expect(world.jobs, `deaths at steps ${first} and ${second}, ${fate}`).toHaveLength(1);
        }
      }
    }
  });

  test('a submission that was noted is over: the same again is a new job', async () => {
    const world = new FakeWorld();
    await attempt(world);
    expect(await attempt(world)).toMatchObject({ jobId: 2n, deposit: 0n });
  });

  describe('maxTotal', () => {
    const allowing = (maxTotal: bigint): JobRequest => ({ ...request, maxTotal });
    const refusal = (world: FakeWorld, wanted: JobRequest) =>
      attempt(world, {}, new Mortal(), wanted).catch((e) => e);

    test('covers escrow, deposit, the fee of submitting and one acceptance a batch, and refuses one udmc less', async () => {
      const world = new FakeWorld();
      const error = await refusal(world, allowing(1n));
      expect(error).toBeInstanceOf(FundsError);
      const needed: bigint = error.total + FAKE_FEE;
      const closer = await refusal(world, allowing(needed - 1n));
      expect(closer.message).toMatch(
        new RegExp(`may cost ${needed} udmc, more than the allowed ${needed - 1n}; .*deposit of the module`),
      );
      expect([world.jobs, world.modules.size, world.blobs.size]).toEqual([[], 0, 0]);
      expect(await attempt(world, {}, new Mortal(), allowing(needed))).toMatchObject({ jobId: 1n });
    });

    test('a balance that does not suffice is told before anything is sent', async () => {
      const world = new FakeWorld();
      world.balance = 1_000n;
      const error = await refusal(world, request);
      expect(error.message).toMatch(
        /needs \d+ udmc, a deposit of \d+ for the module and a fee, the account has 1000;/,
      );
      expect(world.blobs.size).toBe(0);
    });
  });
});
