import { beforeAll, describe, expect, it } from 'vitest';
import { defaultGenesis, rulesOf } from './genesis.js';
import type { Rules } from './rules.js';
import { World } from './sim/world.js';
import { simulate } from './simulate.js';
import { STRATEGIES, type Strategy } from './strategies/catalogue.js';

let rules: Rules;

beforeAll(async () => {
  rules = rulesOf(await defaultGenesis());
}, 60_000);

/** Five standard errors of a mean whose noise comes from how many batches were caught, each for 26 prices a unit. */
function noise(batches: number, caught: number): number {
  return 0.03 + (5 * 26 * Math.sqrt(Math.max(1, caught))) / batches;
}

/** Newcomers draw their auditors within a window whose last heights friends may own. */
const EDGE = 3;

describe('each strategy earns what the closed form says', () => {
  it.each(STRATEGIES.map((each) => [`${each.name} (${each.setting.name})`, each] as const))(
    '%s',
    (_, strategy) => {
      const outcome = simulate(strategy, rules, 400, 7);
      const { per, paper, honest } = strategy;
      const batches = per === 'audit' ? outcome.audits : outcome.leasedUnits / strategy.units;
      if (strategy.name.includes('absent')) expect(outcome.audits).toBe(0);
      else if (per !== 'output') expect(batches).toBeGreaterThan(10);
      const certain = strategy.name === 'always' || strategy.name.startsWith('newcomer');
      const slack = certain && strategy.setting.colludes ? EDGE : 0;
      const steady = per === 'output' || per === 'vote' || strategy.instead !== undefined;
      const most = steady ? 0.02 : noise(batches, Math.max(outcome.caught, batches * 0.05)) + slack;
      expect(Math.abs(outcome.cheat - paper(rules))).toBeLessThan(most);
      expect(Math.abs(outcome.honest - honest(rules))).toBeLessThan(per === 'vote' ? 0.2 : 0.06);
      if (strategy.harmless) expect(outcome.cheat).toBeLessThan(outcome.honest * 1.05);
      else expect(outcome.honest).toBeGreaterThan(outcome.cheat);
    },
    180_000,
  );
});

describe('a run', () => {
  const named = (name: string): Strategy => {
    const found = STRATEGIES.find((each) => each.name === name);
    if (found === undefined) throw new RangeError(`no strategy ${name}`);
    return found;
  };

  it('is the same for the same seed, and another for another', () => {
    const strategy = named('sleeper');
    const [one, same, other] = [3, 3, 4].map((seed) => simulate(strategy, rules, 100, seed));
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it.each(['sleeper', 'withholder', 'shielding challenger', 'lazy auditor', 'bribed auditors'])(
    'makes no money and loses none: %s',
    (name) => {
      const world = new World(named(name).scenario(rules, 100, 5)).run();
      expect(world.ledger.total()).toBe(world.ledger.supply);
      for (const empty of ['escrow', 'deposits', 'hold', 'withheld'])
        expect(world.ledger.balance(empty), empty).toBe(0n);
      expect(world.ledger.balance('bonds')).toBe(
        world.registry.workers.reduce((sum, { bond }) => sum + bond, 0n),
      );
      expect(
        world.registry.workers.every(
          ({ locked, reserved, load }) => locked === 0n && reserved === 0n && load === 0,
        ),
      ).toBe(true);
    },
  );

  it("a party's tally is what its accounts changed by, less what its devices took", () => {
    const world = new World(named('sleeper').scenario(rules, 100, 5)).run();
    const before = 10n ** 20n;
    for (const party of world.scenario.parties) {
      const { work, auditing, other } = world.tally(party);
      const bonds = world.registry.workers
        .filter((each) => each.party === party)
        .reduce((sum, { bond }) => sum + bond, 0n);
      const gained = world.ledger.balance(party.name) + bonds - before;
      const spent = gained - (work + auditing + other);
      expect(Number(spent)).toBeGreaterThan(0);
      const { terms, cost } = world.scenario;
      const unit = (terms.gas * cost) / 10n ** 9n;
      expect(spent % unit).toBe(0n);
    }
  });
});
