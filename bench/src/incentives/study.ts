import { median } from '../report.js';
import { BASELINES, type BaselineOutcome, type Cheaters, runBaseline } from './baselines/voting.js';
import { dayOfOutages, fifthCheats, fifthSleeps, framed, honestOnly } from './populations.js';
import { proposed } from './proposed.js';
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
  /** By the genesis as it is, and with what was decided since. */
  readonly now: readonly Played[];
  readonly decided: readonly Played[];
  readonly fifth: readonly Outcome[];
  readonly fifthColludes: readonly Outcome[];
  readonly fifthSleeps: readonly Outcome[];
  readonly warm: readonly Sized[];
  readonly cold: readonly Sized[];
  readonly outages: readonly Outcome[];
  readonly framed: readonly Outcome[];
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
    decided: now
      .filter(({ strategy }) => strategy.changes)
      .map(({ strategy }) => play(proposed(rules))(strategy)),
    fifth: runs((seed) => fifthCheats(rules, seed, effort.population, false)),
    fifthColludes: runs((seed) => fifthCheats(rules, seed, effort.population, true)),
    fifthSleeps: runs((seed) => fifthSleeps(rules, seed, effort.population)),
    warm: sized(rules.audit.record, 2_000),
    cold: sized(0, OWNERS * rules.audit.record),
    outages: runs((seed) => dayOfOutages(rules, seed)),
    framed: runs((seed) => framed(rules, seed, 200)),
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

/** The strategy that earns the most, against honest work. */
export function worst(played: readonly Played[]): Played {
  return played.reduce((best, each) => (mean(ratios(each)) > mean(ratios(best)) ? each : best));
}

/** The same study with what was decided in the place of what it changes. */
export const afterDecisions = ({ now, decided }: Study): Played[] =>
  now.map((each) => decided.find(({ strategy }) => strategy === each.strategy) ?? each);

export const middle = (runs: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  median(runs.map(of));
