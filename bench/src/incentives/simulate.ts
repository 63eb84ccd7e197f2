import type { Rules } from './rules.js';
import { COST, TERMS, WORTH } from './setting.js';
import { computeOverUseful, type Tally } from './sim/tally.js';
import { World } from './sim/world.js';
import type { Opportunity, Strategy } from './strategies/catalogue.js';

/** What one run of a strategy gave. Money in prices of a unit. */
export interface Outcome {
  readonly cheat: number;
  readonly honest: number;
  /** Wrong units of a million that became final. */
  readonly wrongPerMillion: number;
  /** All gas over the gas of accepted units. */
  readonly compute: number;
  /** Blocks and wrong batches until a fraud verdict, of each. */
  readonly caughtBlocks: readonly number[];
  readonly caughtBatches: readonly number[];
  readonly honestSlashed: bigint;
  /** Units that the cheat leased, batches for which it lost its bond, and audits that it posted. */
  readonly leasedUnits: number;
  readonly caught: number;
  readonly audits: number;
}

const PRICE = Number((TERMS.gasLimit * TERMS.maxPrice) / 10n ** 9n);

/** Runs a strategy once. */
export function simulate(strategy: Strategy, rules: Rules, jobs: number, seed: number): Outcome {
  const scenario = strategy.scenario(rules, Math.round(jobs * strategy.weight), seed);
  const outcome = outcomeOf(new World(scenario).run(), strategy.per);
  if (!strategy.instead) return outcome;
  const instead = outcomeOf(new World({ ...scenario, ...strategy.instead }).run(), strategy.per);
  return { ...outcome, honest: instead.cheat };
}

/** Runs any scenario whose first party is honest and whose second, if any, cheats. */
export function outcomeOf(world: World, per: Opportunity = 'unit'): Outcome {
  const [honest, cheat] = world.scenario.parties.map((party) => world.tally(party));
  const tallies = [...world.tallies.values()];
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    ...profits(world, per, honest, cheat),
    wrongPerMillion: (sum(({ wrongUnits }) => wrongUnits) / sum(({ finalUnits }) => finalUnits)) * 1e6,
    compute: computeOverUseful(world.gas),
    caughtBlocks: cheat?.caughtAfterBlocks ?? [],
    caughtBatches: cheat?.caughtAfterBatches ?? [],
    honestSlashed: honest?.slashed ?? 0n,
    leasedUnits: cheat?.leasedUnits ?? 0,
    caught: cheat?.caughtBatches ?? 0,
    audits: cheat?.audits ?? 0,
  };
}

function profits(
  world: World,
  per: Opportunity,
  honest: Tally | undefined,
  cheat: Tally | undefined,
): { readonly cheat: number; readonly honest: number } {
  if (per === 'output') return { cheat: surplus(world, 'griefer'), honest: surplus(world, 'requester') };
  if (per === 'vote') {
    const { votes, honest: pay, lazy } = world.refereed;
    return { cheat: share(lazy, votes), honest: share(pay, votes) - COST };
  }
  return {
    cheat: cheat ? profit(cheat, per) : 0,
    honest: honest ? profit({ ...honest, other: 0n }, per) : 0,
  };
}

const share = (money: bigint, count: number): number => (count === 0 ? 0 : Number(money) / PRICE / count);

/** Expected profit for each opportunity, in prices of a unit; 0 for whoever had none. */
export function profit({ work, other, leasedUnits, auditing, audits }: Tally, per: Opportunity): number {
  if (per === 'audit') return share(auditing, audits);
  return share(work + other + (per === 'unit' ? 0n : auditing), leasedUnits);
}

/** What a requester's outputs are worth to it, less what it paid, for each unit that it asked for. */
function surplus({ ledger, requests }: World, account: string): number {
  const { units, read } = requests.get(account) ?? { units: 0, read: 0 };
  const paid = 10n ** 20n - ledger.balance(account);
  return units === 0 ? 0 : (WORTH * read) / units - share(paid, units);
}
