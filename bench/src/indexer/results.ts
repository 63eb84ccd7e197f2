import { type Result, summarise } from '../report.js';
import type { Contender, Samples } from './measure.js';
import type { Density } from './replay-blocks.js';

/** What others need over what the indexer needs, round by round. */
const timesAs = (samples: Samples, of: readonly number[]): readonly number[] =>
  of.map((cpu, round) => cpu / (samples.indexer[round] ?? Number.NaN));

interface Ratio {
  readonly metric: string;
  readonly of: Contender;
  /** Where the indexer’s time is divided by the other’s. */
  readonly inverse?: boolean;
  readonly goal: number | null;
}

const ratios: readonly Ratio[] = [
  { metric: 'vs_subql', of: 'subql-bulk', goal: 10 },
  { metric: 'vs_subql_events', of: 'subql-events', goal: 10 },
  { metric: 'vs_psql_sink', of: 'sink', goal: 1 },
  { metric: 'vs_psql_sink_fed', of: 'sinkFed', goal: null },
  { metric: 'vs_fetch_parse_floor', of: 'parsed', inverse: true, goal: 2 },
  { metric: 'vs_fetch_json_floor', of: 'json', inverse: true, goal: null },
  { metric: 'vs_fetch_typed_floor', of: 'typed', inverse: true, goal: null },
];

const inverse = (value: number) => 1 / value;

/** A ratio of each density, and before them, under its own name, the one where the indexer does worst. */
const ratioResults = (all: ReadonlyMap<Density, Samples>, ratio: Ratio): readonly Result[] => {
  const { metric, of, goal } = ratio;
  const each = [...all].flatMap(([density, samples]) => {
    const other = samples[of];
    if (other === undefined) return [];
    const times = timesAs(samples, other);
    const values = ratio.inverse ? times.map(inverse) : times;
    return summarise(`${metric}_${density}`, 'x', values, goal, ratio.inverse ? undefined : 'least');
  });
  const worst = each.toSorted((one, two) =>
    ratio.inverse ? two.value - one.value : one.value - two.value,
  )[0];
  return worst ? [{ ...worst, metric }, ...each] : [];
};

const micro = (nanoseconds: number) => nanoseconds / 1_000;

/** All figures of the bench. */
export const resultsOf = (all: ReadonlyMap<Density, Samples>): readonly Result[] => [
  ...ratios.flatMap((ratio) => ratioResults(all, ratio)),
  ...[...all].flatMap(([density, samples]) => [
    ...(density > 0
      ? [
          summarise(
            `events_a_cpu_second_${density}`,
            '1/s',
            samples.indexer.map((cpu) => density / (cpu / 1e9)),
          ),
        ]
      : []),
    ...Object.entries(samples).map(([contender, cpu]) =>
      summarise(`${contender}_${density}_cpu_a_block`, 'µs', cpu.map(micro)),
    ),
  ]),
];
