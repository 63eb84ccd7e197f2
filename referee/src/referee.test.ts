import { EndpointUnreachableError } from '@dmcn/chain-client';
import { Mortal } from '@dmcn/chain-client/acting/testing';
import { UnitAbandonedError } from '@dmcn/runtime';
import { describe, expect, test } from 'vitest';
import type { RefereePorts } from './ports.js';
import type { RefereeNotice } from './state.js';
import { Court, type Rules } from './testing/court.js';
import { type LifeOptions, live, newWorld, passTime, until, type World } from './testing/life.js';

/** A referee that lives until something is so; returns what it told. */
async function refereeUntil(
  world: World,
  isSo: (notices: readonly RefereeNotice[]) => boolean,
  options: LifeOptions = {},
): Promise<readonly RefereeNotice[]> {
  const notices: RefereeNotice[] = [];
  const over = new AbortController();
  const time = passTime(world, over.signal);
  const done = until(() => isSo(notices)).finally(() => over.abort());
  await Promise.all([live(world, new Mortal(), over.signal, { ...options, notices }), done, time]);
  return notices;
}

const failures = (notices: readonly RefereeNotice[]): string[] =>
  notices.flatMap((each) => (each.notice === 'failed' ? [String(each.error)] : []));
const worldOf = (rules: Rules = {}): World => newWorld(new Court(rules));
const chainThat =
  (change: Partial<RefereePorts['chain']>) =>
  ({ chain }: RefereePorts): Partial<RefereePorts> => ({ chain: { ...chain, ...change } });
/** Blocks in which something that is wrong would have happened. */
const BLOCKS = 60;
const later =
  ({ court }: World, more = BLOCKS) =>
  () =>
    court.height > more;

describe('a referee', () => {
  test('executes disputes one after the other and votes in each', async () => {
    const world = worldOf({ disputes: 4 });
    const notices = await refereeUntil(world, () => world.court.isOver, { unitMs: 5 });
    expect(failures(notices)).toEqual([]);
    expect(world.runs.most).toBe(1);
    expect(world.court.executed).toHaveLength(8);
    expect(world.court.refused).toEqual([]);
  });

  test('leaves units alone that are beyond its budget, and says so once', async () => {
    const world = worldOf({ commitBlocks: BLOCKS, disputes: 1 });
    const notices = await refereeUntil(world, () => world.court.isOver, { maxGas: 999n });
    expect(world.runs.counts.size).toBe(0);
    expect(world.court.executed).toEqual([]);
    expect(failures(notices)).toEqual([expect.stringContaining('executes at most 999')]);
  });

  test('gives a unit up that takes too long, and goes on with the next dispute', async () => {
    const world = worldOf({ commitBlocks: 20, disputes: 2 });
    const alter = ({ executor }: RefereePorts): Partial<RefereePorts> => ({
      executor: {
        run: (request) =>
          request.unit === 0
            ? Promise.reject(new UnitAbandonedError('timeout', 'the limit passed'))
            : executor.run(request),
      },
    });
    const notices = await refereeUntil(world, () => world.court.isOver, { alter });
    expect(failures(notices)).toEqual([expect.stringContaining('does not vote in dispute 1')]);
    expect([...world.court.records.values()].map(({ dispute }) => dispute.verdict)).toEqual([
      'None',
      'AgainstWorker',
    ]);
  });

  test('tries a unit again that it gave up, where the time is given once more', async () => {
    const world = worldOf({ commitBlocks: 30, extend: true });
    let tries = 0;
    const alter = ({ executor }: RefereePorts): Partial<RefereePorts> => ({
      executor: {
        run: (request) => {
          tries += 1;
          if (tries === 1) return Promise.reject(new UnitAbandonedError('timeout', 'the limit passed'));
          return executor.run(request);
        },
      },
    });
    await refereeUntil(world, () => world.court.isOver, { alter });
    expect(tries).toBe(2);
    expect(world.court.executed).toEqual(['commitVote', 'revealVote']);
    expect(world.court.refused).toEqual([]);
  });

  test('ends the execution of a unit when its dispute takes no more votes', async () => {
    const world = worldOf({ commitBlocks: 200 });
    await refereeUntil(world, later(world, 200 + BLOCKS), { unitMs: 10_000 });
    expect(world.runs.counts.get(0)).toBe(1);
    expect(world.court.executed).toEqual([]);
  });

  for (const [what, wrong] of Object.entries({
    'does not hash': { input: Uint8Array.of(7) },
    'has the proof of another unit': { proof: { total: 3n, index: 1n, aunts: [] } },
    'has a proof to another root': {
      proof: { total: 3n, index: 0n, aunts: [new Uint8Array(32), new Uint8Array(32)] },
    },
  })) {
    test(`does not vote on an input that ${what}`, async () => {
      const world = worldOf();
      const notices = await refereeUntil(world, later(world), {
        alter: (ports) =>
          chainThat({
            disputedInputOf: async (dispute) => ({
              ...(await ports.chain.disputedInputOf(dispute)),
              ...wrong,
            }),
          })(ports),
      });
      expect(failures(notices)).toEqual([expect.stringContaining("is not the job's")]);
      expect(world.runs.counts.size).toBe(0);
    });
  }

  test('goes on when a node that was away is back', async () => {
    const world = worldOf();
    const alter = ({ chain }: RefereePorts): Partial<RefereePorts> => {
      const away = () => world.court.height < 30;
      const refuse = () => Promise.reject(new EndpointUnreachableError(['http://node']));
      return {
        chain: {
          ...chain,
          disputes: (page) => (away() ? refuse() : chain.disputes(page)),
          job: (id) => (world.court.height < 60 ? refuse() : chain.job(id)),
        },
      };
    };
    const notices = await refereeUntil(world, () => world.court.isOver, { alter });
    expect(failures(notices)).toHaveLength(2);
    expect(world.court.executed).toEqual(['commitVote', 'revealVote']);
  });

  test('cannot reveal the vote of another journal, and tells it', async () => {
    const world = worldOf();
    await refereeUntil(world, () => world.court.executed.length === 1);
    world.court.waiting.clear();
    world.disk.clear();
    const notices = await refereeUntil(world, later(world, world.court.height + BLOCKS));
    expect(failures(notices)).toEqual([expect.stringContaining('is not in this journal')]);
    expect(world.court.executed).toEqual(['commitVote']);
    expect(world.court.refused).toEqual([]);
  });

  test('does not vote for a validator that has another referee', async () => {
    const world = worldOf();
    world.court.account = 'successor';
    const notices = await refereeUntil(world, later(world));
    expect(failures(notices)).toEqual([expect.stringContaining('successor is the referee')]);
    expect(world.runs.counts.size).toBe(0);
  });
});
