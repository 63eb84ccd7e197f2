import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.js';
import { type Result, summarise, thisMachine } from '../report.js';
import { defaultGenesis, rulesOf } from './genesis.js';
import { pageOf } from './page/page.js';
import type { Outcome } from './simulate.js';
import {
  type Effort,
  gains,
  type Played,
  ratios,
  type Sized,
  type Study,
  study,
  title,
  worst,
  worstRequester,
} from './study.js';

const docs = (name: string): string => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));

/** What cheating earns against honest work, by the parameters of the chain's genesis. */
export const incentives: Bench = {
  about:
    'what each way to cheat earns against honest work, simulated and on paper; other networks’ checks beside it',
  async run({ quick, progress, page }) {
    const effort: Effort = quick
      ? { quick, seeds: [1, 2], jobs: 1_000, population: 10_000 }
      : { quick, seeds: [1, 2, 3, 4], jobs: 2_000, population: 10_000 };
    const found = study(rulesOf(await defaultGenesis()), effort, progress);
    if (page) {
      const { text, plots } = pageOf(found, effort);
      await mkdir(docs('incentives'), { recursive: true });
      await writeFile(docs('incentives.md'), text);
      for (const [name, plot] of Object.entries(plots)) await writeFile(docs(`incentives/${name}`), plot);
      progress('wrote docs/incentives.md and docs/incentives/');
    }
    return {
      name: 'incentives',
      machine: thisMachine(),
      versions: { node: process.version },
      settings: {
        ...{ seeds: effort.seeds.join(' '), jobs: effort.jobs, populationJobs: effort.population },
        ...{ worst: title(worst(found.now)), worstRequester: title(worstRequester(found.now)) },
      },
      results: resultsOf(found),
    };
  },
};

/** The figures of a report. */
export function resultsOf(found: Study): Result[] {
  const of = (runs: readonly Outcome[], figure: (outcome: Outcome) => number): number[] => runs.map(figure);
  const compute = (sizes: readonly Sized[]): number[] => {
    const most = sizes.map(({ runs }) => of(runs, (outcome) => outcome.compute));
    return (most[0] ?? []).map((_, i) => Math.max(...most.map((each) => each[i] ?? Number.NaN)));
  };
  return [
    summarise('worst_cheat_over_honest', 'ratio', ratios(worst(found.now)), 1),
    summarise('worst_requester_minus_honest', 'prices / output', gains(worstRequester(found.now)), 0),
    ...found.now
      .filter(({ strategy }) => strategy.harmless)
      .map((each) => summarise(`work saved, over honest: ${title(each)}`, 'ratio', ratios(each))),
    summarise(
      'wrong_accepted_per_million',
      'units',
      of(found.fifth, (each) => each.wrongPerMillion),
      1_000,
    ),
    summarise(
      'wrong_accepted_per_million, colluding',
      'units',
      of(found.fifthColludes, (each) => each.wrongPerMillion),
      1_000,
    ),
    summarise('compute_over_useful', 'ratio', compute(found.warm), 1.05),
    summarise('compute_over_useful_cold', 'ratio', compute(found.cold), 1.15),
    summarise(
      'compute_over_useful, a fifth cheats',
      'ratio',
      of(found.fifth, (each) => each.compute),
    ),
    summarise(
      'compute_over_useful, keys shown',
      'ratio',
      of(found.framed, (each) => each.compute),
    ),
    summarise(
      'compute_over_useful, keys shown, without 0026',
      'ratio',
      of(found.framedFormer, (each) => each.compute),
    ),
    summarise(
      'honest_slashed_in_outages',
      'udmc',
      of(found.outages, (each) => Number(each.honestSlashed)),
      0,
    ),
    ...found.now.flatMap((played) => profits(played, '')),
    ...found.former.flatMap((played) => profits(played, `, without ${played.strategy.ended}`)),
    ...found.baselines.flatMap(({ name, agree }) => [
      summarise(`${name}: wrong_accepted_per_million`, 'units', [agree.wrongPerMillion]),
      summarise(`${name}: compute_over_useful`, 'ratio', [agree.compute]),
      summarise(`${name}: cheat_over_honest`, 'ratio', [agree.cheat / agree.honest]),
    ]),
  ];
}

function profits(played: Played, suffix: string): Result[] {
  const { strategy, runs, paper } = played;
  const name = `${title(played)}${suffix}`;
  const unit = `prices / ${strategy.per}`;
  return [
    summarise(
      `${name}: profit`,
      unit,
      runs.map(({ cheat }) => cheat),
    ),
    summarise(`${name}: profit on paper`, unit, [paper]),
    summarise(
      `${name}: honest profit`,
      unit,
      runs.map(({ honest }) => honest),
    ),
  ];
}
