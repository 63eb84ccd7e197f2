import { median } from '../report.js';
import { BASELINES, type BaselineOutcome, type Cheaters, runBaseline } from './baselines/voting.js';
import { before } from './before.js';
import { dayOfOutages, fifthCheats, fifthSleeps, framed, honestOnly } from './populations.js';
import type { Rules } from './rules.js';
import { COST, OWNERS } from './setting.js';
import type { Scenario } from './sim/types.js';
import { World } from './sim/world.js';
import { type Outcome, outcomeOf, simulate } from './simulate.js';
import { STRATEGIES, type Strategy } from './strategies/catalogue.js';

/** How much is simulated. */
export interface Effort {
  readonly quick: boolean;
  readonly seeds: readonly number[];
  readonly jobs: number;
  /** Jobs of the population in which a fifth cheats. */
  readonly population: number;
}

/** A strategy's runs, one a seed. */
export interface Played {
  readonly strategy: Strategy;
  readonly runs: readonly Outcome[];
  readonly paper: number;
}

/** Everything that was found. */
export interface Study {
  readonly rules: Rules;
  /** By the rules as they are, and without the decision that ends a strategy. */
  readonly now: readonly Played[];
  readonly former: readonly Played[];
  readonly fifth: readonly Outcome[];
  readonly fifthColludes: readonly Outcome[];
  readonly fifthSleeps: readonly Outcome[];
  readonly warm: readonly Sized[];
  readonly cold: readonly Sized[];
  readonly outages: readonly Outcome[];
  /** Keys are shown, by the rules as they are and where their samples went to the referees. */
  readonly framed: readonly Outcome[];
  readonly framedFormer: readonly Outcome[];
  readonly baselines: readonly BaselinePlayed[];
}

export interface Sized {
  readonly units: number;
  readonly runs: readonly Outcome[];
}

export interface BaselinePlayed {
  readonly name: string;
  readonly apart: BaselineOutcome;
  readonly agree: BaselineOutcome;
  readonly sleep: BaselineOutcome;
}

export const BATCH_SIZES = [8, 12, 16, 24, 32, 48, 64];

/** Simulates all of it. */
export function study(rules: Rules, effort: Effort, progress: (line: string) => void): Study {
  const runs = (make: (seed: number) => Scenario): Outcome[] =>
    effort.seeds.map((seed) => outcomeOf(new World(make(seed)).run()));
  const play =
    (some: Rules) =>
    (strategy: Strategy): Played => {
      progress(`${strategy.name}, ${strategy.setting.name}`);
      return {
        strategy,
        runs: effort.seeds.map((seed) => simulate(strategy, some, effort.jobs, seed)),
        paper: strategy.paper(some),
      };
    };
  const sized = (record: number, batches: number): Sized[] =>
    BATCH_SIZES.map((units) => ({
      units,
      runs: runs((seed) => honestOnly(rules, seed, batches, units, record)),
    }));
  const now = STRATEGIES.map(play(rules));
  progress('populations');
  return {
    rules,
    now,
    former: now.flatMap(({ strategy }) =>
      strategy.ended === undefined ? [] : [play(before(rules, strategy.ended))(strategy)],
    ),
    fifth: runs((seed) => fifthCheats(rules, seed, effort.population, false)),
    fifthColludes: runs((seed) => fifthCheats(rules, seed, effort.population, true)),
    fifthSleeps: runs((seed) => fifthSleeps(rules, seed, effort.population)),
    warm: sized(rules.audit.record, 2_000),
    cold: sized(0, OWNERS * rules.audit.record),
    outages: runs((seed) => dayOfOutages(rules, seed)),
    framed: runs((seed) => framed(rules, seed, 200)),
    framedFormer: effort.seeds.map((seed) =>
      outcomeOf(new World(framed(before(rules, '0026'), seed, 200)).run()),
    ),
    baselines: BASELINES.map((baseline) => {
      const run = (cheaters: Omit<Cheaters, 'share'>): BaselineOutcome =>
        runBaseline(
          baseline,
          { share: 0.2, ...cheaters },
          { hosts: OWNERS, units: 50_000, cost: COST, seed: 1 },
        );
      return {
        name: baseline.name,
        apart: run({ sleep: false, agree: false }),
        agree: run({ sleep: false, agree: true }),
        sleep: run({ sleep: true, agree: true }),
      };
    }),
  };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

/** Profit of a cheat over that of honest work, in each run. */
export const ratios = ({ runs }: Played): number[] => runs.map(({ cheat, honest }) => cheat / honest);

/**
 * The strategy that earns the most against honest work. Requesters' are compared by themselves: what they have is what their outputs
 * are worth to them. So are those that take nothing from anybody.
 */
export function worst(played: readonly Played[]): Played {
  return played
    .filter(({ strategy }) => strategy.per !== 'output' && !strategy.harmless)
    .reduce((best, each) => (mean(ratios(each)) > mean(ratios(best)) ? each : best));
}

/** What the requester that does best by being a nuisance has more than others, in prices a unit asked for. */
export function worstRequester(played: readonly Played[]): Played {
  return played
    .filter(({ strategy }) => strategy.per === 'output')
    .reduce((best, each) => (mean(gains(each)) > mean(gains(best)) ? each : best));
}

/** Profit of a cheat less that of honest ones, in each run. */
export const gains = ({ runs }: Played): number[] => runs.map(({ cheat, honest }) => cheat - honest);

export const middle = (runs: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  median(runs.map(of));

export const title = ({ strategy }: Pick<Played, 'strategy'>): string =>
  `${strategy.name} (${strategy.setting.name})`;
