import { setting, shown, table } from '../page.js';
import type { Report, Result } from '../report.js';

/** What each metric divides, at the density where the indexer does worst. */
const meanings: Readonly<Record<string, string>> = {
  vs_subql: 'events a CPU-second, ours over subql’s with its fastest mapping (`bulk`)',
  vs_subql_events: 'the same over subql with a handler for each kind of event, as its manual has it',
  vs_psql_sink: 'events a CPU-second, ours over CometBFT’s sink that fetches in batches as we do',
  vs_psql_sink_fed: 'the same over a sink that has all blocks in memory, as within a node',
  vs_fetch_parse_floor:
    'CPU of the indexer over that of a client that fetches, and parses the answers and the JSON in each attribute',
  vs_fetch_json_floor: 'over a client that leaves the attributes as text',
  vs_fetch_typed_floor: 'over a client that makes typed events of them and keeps nothing',
};

const meaningOf = (metric: string): string => {
  const density = metric.match(/_(\d+)$/)?.[1];
  if (metric.startsWith('events_a_cpu_second')) return `events of the indexer, ${density} a block`;
  return meanings[metric] ?? (density === '0' ? 'empty blocks' : `${density} events a block`);
};

const COST = /^(.+)_(\d+)_cpu_a_block$/;
const densities = ['0', '10', '200'];
/** Settings that are flags. */
const flags: ReadonlySet<string> = new Set(['postgresql', 'subql']);

const metricRow = ({ metric, value, unit, low, high, goal, sense }: Result) => [
  `\`${metric}\``,
  meaningOf(metric),
  unit === 'x' ? shown(value) : `${shown(value)} ${unit}`,
  `${shown(low)} to ${shown(high)}`,
  goal === null ? '' : `at ${sense ?? 'most'} ${goal}`,
];

/** A row for each contender, with what a block costs at each density. */
const costRows = (results: readonly Result[]): readonly (readonly string[])[] => {
  const costs = new Map<string, Map<string, string>>();
  for (const { metric, value } of results) {
    const [, contender = '', density = ''] = metric.match(COST) ?? [];
    if (contender === '') continue;
    const row = costs.get(contender) ?? new Map<string, string>();
    costs.set(contender, row.set(density, shown(value)));
  }
  return [...costs].map(([contender, row]) => [contender, ...densities.map((one) => row.get(one) ?? '-')]);
};

/** The part of docs/performance.md that a run of the bench writes. */
export const partOf = ({ machine, versions, settings, results }: Report, quick: boolean): string => {
  const ratios = results.filter(({ metric }) => !COST.test(metric));
  const how = Object.entries(settings).map(
    ([name, value]) => `- ${name}: ${flags.has(name) ? `\`${value}\`` : value}`,
  );
  return [
    table(['metric', 'what it divides', 'median', 'rounds', 'goal'], ratios.map(metricRow)),
    'Microseconds of processor time a block:',
    table(['contender', ...densities.map((density) => `${density} events`)], costRows(results)),
    setting(machine, versions),
    [`A ${quick ? '`--quick`' : 'full'} run:`, ...how].join('\n'),
  ].join('\n\n');
};
