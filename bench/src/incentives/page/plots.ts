import { caughtWithRecord, cheatProfit, honestProfit } from '../closed-form.js';
import { ALONE, COST } from '../setting.js';
import { termsOf } from '../strategies/catalogue.js';
import { mean, middle, type Study, title } from '../study.js';
import { bars, plot, type Series } from './plot.js';

/** Profit a unit of every strategy that is measured by leased units. */
export function strategyPlot(found: Study): string {
  const rows = found.now
    .filter(({ strategy }) => strategy.per === 'unit')
    .map((each) => [title(each), mean(each.runs.map(({ cheat }) => cheat))] as const)
    .toSorted(([, one], [, other]) => other - one);
  return bars('Profit for each leased unit, in prices', rows, {
    mark: 1 - COST,
    markName: `honest work, ${(1 - COST).toFixed(2)}`,
    least: -6,
  });
}

/** Profit of a sleeper's wrong units by the cartel's share of bond, on paper, and the simulated cartels. */
export function cartelPlot(found: Study): string {
  const shares = Array.from({ length: 51 }, (_, i) => i / 50);
  const line = (byzantine: number): (readonly [number, number])[] =>
    shares.map((colluding) => {
      const terms = { ...termsOf(found.rules, ALONE), colluding, byzantine };
      return [colluding, cheatProfit(terms, terms.units, caughtWithRecord(terms))] as const;
    });
  const dots = found.now
    .filter(({ strategy }) => strategy.name.startsWith('streak farmer'))
    .map(({ strategy, runs }) => {
      const { colluding } = termsOf(found.rules, strategy.setting);
      return [colluding, mean(runs.map(({ cheat }) => cheat))] as const;
    });
  const honest = honestProfit(termsOf(found.rules, ALONE));
  const series: Series[] = [
    { name: 'on paper, g = 0', colour: '#2471a3', kind: 'line', points: line(0) },
    { name: 'on paper, g = 1/3', colour: '#c0392b', kind: 'line', points: line(1 / 3) },
    {
      ...{ name: 'honest work', colour: '#1e8449', kind: 'line' },
      points: [
        [0, honest],
        [1, honest],
      ],
    },
    { name: 'simulated: alone (g = 0), cartel (g = 1/3)', colour: '#222', kind: 'dots', points: dots },
  ];
  return plot(
    {
      title: 'Whole-batch fraud with a record, by the share of bond that colludes',
      ...{ x: 'f, share of bond', y: 'profit a unit (R)', xRange: [0, 1], yRange: [-6, 4] },
    },
    series,
  );
}

/** Extra compute by batch size, and what it may be. */
export function computePlot({ warm, cold }: Study): string {
  const points = (sizes: Study['warm']): (readonly [number, number])[] =>
    sizes.map(({ units, runs }) => [units, (middle(runs, ({ compute }) => compute) - 1) * 100] as const);
  const level = (percent: number): (readonly [number, number])[] => [
    [0, percent],
    [80, percent],
  ];
  return plot(
    {
      title: 'Extra compute by batch size',
      ...{ x: 'n, units of a batch', y: 'percent of the useful gas', xRange: [0, 80], yRange: [0, 25] },
    },
    [
      { name: 'from a cold start', colour: '#c0392b', kind: 'line', points: points(cold) },
      { name: 'with a record', colour: '#2471a3', kind: 'line', points: points(warm) },
      { name: 'goal from a cold start, 15 %', colour: '#e6b0aa', kind: 'line', points: level(15) },
      { name: 'goal with a record, 5 %', colour: '#a9cce3', kind: 'line', points: level(5) },
    ],
  );
}
