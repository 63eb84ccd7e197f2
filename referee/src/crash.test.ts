import { type Death, Mortal } from '@dmcn/chain-client/acting/testing';
import { describe, expect, test } from 'vitest';
import { Court, type Rules } from './testing/court.js';
import { live, newWorld, passTime, until, type World } from './testing/life.js';

/** Lives at once: they mostly wait. */
const SIDE_BY_SIDE = 16;

interface Life {
  readonly world: World;
  readonly first: Mortal;
}

const isSettled = ({ court, disk }: World): boolean =>
  court.isOver && ![...disk.keys()].some((name) => name.startsWith('sent.'));

/** A referee that dies once, and is started again, until all disputes are decided and nothing is under way. */
async function lifeOf(rules: Rules, death?: Death): Promise<Life> {
  const world = newWorld(new Court(rules));
  const over = new AbortController();
  const time = passTime(world, over.signal);
  const first = new Mortal(death);
  const finished = until(() => isSettled(world)).then(() => over.abort());
  try {
    await live(world, first, over.signal);
    if (first.hasDied) await live(world, new Mortal(), over.signal);
    await Promise.all([finished, time]);
  } finally {
    over.abort();
  }
  return { world, first };
}

/** Every point of a life at which a process can die. Of reads, which change nothing, the first of a kind. */
async function deathsOf(rules: Rules): Promise<Death[]> {
  const { first } = await lifeOf(rules);
  const isRead = (call: string) => /^(chain\.(?!broadcast|inclusion)|journal\.(list|read))|watch/.test(call);
  return first.calls
    .filter((call) => !(isRead(call) && / #([2-9]|\d\d)/.test(call)))
    .flatMap((call): Death[] => [
      { call, when: 'before' },
      { call, when: 'after' },
    ]);
}

describe('a referee that dies anywhere and is started again', () => {
  for (const [name, rules] of Object.entries({ 'one dispute': {}, 'three disputes': { disputes: 3 } })) {
    test(`votes once and the same: ${name}`, { timeout: 120_000 }, async () => {
      const deaths = await deathsOf(rules);
      expect(deaths.length).toBeGreaterThan(20);
      if (process.env.DMCN_TEST_FIGURES) process.stdout.write(`${name}: ${deaths.length} points\n`);
      const left = [...deaths];
      const next = async () => {
        for (let death = left.shift(); death !== undefined; death = left.shift()) {
          const { world, first } = await lifeOf(rules, death);
          const { court } = world;
          const what = `died ${death.when} ${death.call}`;
          expect(first.hasDied, what).toBe(true);
          expect(court.refused, what).toEqual([]);
          const each = Array.from({ length: court.records.size }, () => ['commitVote', 'revealVote']).flat();
          expect(court.executed, what).toEqual(each);
          expect(
            [...court.records.values()].map(({ dispute }) => dispute.verdict),
            what,
          ).toEqual(Array.from(court.records, () => 'AgainstWorker'));
        }
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
    });
  }
});
