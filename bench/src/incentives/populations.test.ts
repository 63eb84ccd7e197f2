import { beforeAll, describe, expect, it } from 'vitest';
import { BASELINES, runBaseline } from './baselines/voting.js';
import { before } from './before.js';
import { defaultGenesis, rulesOf } from './genesis.js';
import { dayOfOutages, fifthCheats, framed, honestOnly } from './populations.js';
import type { Rules } from './rules.js';
import type { Scenario } from './sim/types.js';
import { World } from './sim/world.js';
import { outcomeOf } from './simulate.js';
import { BATCH_SIZES } from './study.js';

let rules: Rules;

beforeAll(async () => {
  rules = rulesOf(await defaultGenesis());
}, 60_000);

const run = (scenario: Scenario) => outcomeOf(new World(scenario).run());

describe('populations', () => {
  it.each([false, true])(
    'a fifth of cheaters gets at most 1 in 1,000 wrong units of 10,000 jobs accepted, colluding: %s',
    (colludes) => {
      const { wrongPerMillion, honestSlashed } = run(fifthCheats(rules, 9, 10_000, colludes));
      expect(wrongPerMillion).toBeLessThanOrEqual(1_000);
      expect(honestSlashed).toBe(0n);
    },
    60_000,
  );

  it.each(BATCH_SIZES)(
    'batches of %i cost at most 5 %% more with a record, 15 %% from a cold start',
    (units) => {
      const k = units < rules.audit.smallBatch ? rules.audit.smallSamples : rules.audit.samples;
      const warm = run(honestOnly(rules, 9, 1_000, units, rules.audit.record)).compute;
      const cold = run(honestOnly(rules, 9, 300, units, 0)).compute;
      expect(warm).toBeLessThanOrEqual(1.05);
      expect(cold).toBeLessThanOrEqual(1 + k / units + 1e-9);
      expect(cold).toBeLessThanOrEqual(1.15);
      expect(cold).toBeGreaterThan(warm);
    },
    60_000,
  );

  it('a day of outages slashes nobody, and every unit is done in the end', () => {
    const world = new World(dayOfOutages(rules, 9)).run();
    const tally = world.tally(
      world.scenario.parties[0] ?? { name: '', behaviour: { name: '' }, owners: 0, bond: 0n },
    );
    expect(tally.slashed).toBe(0n);
    expect(tally.finalUnits).toBe(world.batches * 32);
    expect(world.registry.workers.some(({ lapses }) => lapses.length > 0)).toBe(true);
  }, 60_000);

  it('openers that show keys slash nobody either', () => {
    const { honestSlashed, compute } = run(framed(rules, 9, 50));
    expect(honestSlashed).toBe(0n);
    expect(compute).toBeLessThan(1 + rules.audit.samples / 32);
    expect(run(framed(before(rules, '0026'), 9, 50)).compute).toBeGreaterThan(1.5);
  });
});

describe('baselines', () => {
  const size = { hosts: 60, units: 20_000, cost: 0.8, seed: 2 };
  const of = (name: string) => {
    const found = BASELINES.find((each) => each.name.includes(name));
    if (found === undefined) throw new RangeError(name);
    return found;
  };

  it('without checks every lie is accepted', () => {
    const { wrongPerMillion, cheat } = runBaseline(
      of('no checks'),
      { share: 0.2, sleep: false, agree: false },
      size,
    );
    expect(wrongPerMillion / 1e6).toBeCloseTo(0.2, 1);
    expect(cheat).toBe(1);
  });

  it('of two or three votes the liars that agree win as often as they are drawn together', () => {
    const lies = { share: 0.2, sleep: false, agree: true };
    const chance = 0.2 * (11 / 59);
    const three = chance * (10 / 58) + 3 * chance * (48 / 58);
    expect(runBaseline(of('3x'), lies, size).wrongPerMillion / 1e6).toBeCloseTo(three, 1);
    expect(runBaseline(of('2x'), { ...lies, agree: false }, size)).toMatchObject({
      wrongPerMillion: 0,
      cheat: 0,
    });
  });

  it('BOINC trusts with probability 1 - 1/CV from 10 valid results on', () => {
    const { first } = of('BOINC');
    expect([first(9, 0.99), first(10, 0.05), first(10, 0.11), first(100, 0.005), first(100, 0.02)]).toEqual([
      2, 2, 1, 2, 1,
    ]);
    const { compute } = runBaseline(of('BOINC'), { share: 0, sleep: false, agree: false }, size);
    expect(compute).toBeGreaterThan(1.05);
    expect(compute).toBeLessThan(1.2);
  });
});
