import { setting, shown, table } from '../page.js';
import type { Report, Result } from '../report.js';
import { contenders } from './contenders.js';
import { operationNames } from './operations.js';

/** What each metric divides or measures. */
const meanings: Readonly<Record<string, string>> = {
  cached_vs_http: 'CPU a request: bare http that answers the cached bytes, over ours with its cache on',
  uncached_vs_yoga_apollo: 'the better of yoga as it comes and Apollo, over ours with its cache off',
  uncached_vs_yoga: 'yoga as it comes',
  uncached_vs_apollo: 'Apollo',
  uncached_vs_mercurius: 'Mercurius',
  uncached_vs_mercurius_jit: 'Mercurius with JIT',
  uncached_vs_http_sql: 'bare http that reads the rows and writes JSON by hand',
  backfill_p99_over_rest:
    'p99 while the indexer reads blocks into the file as fast as it can, over p99 at rest',
  list_p95_ms: 'p95 of lists by id, price, requester with a count, and state, among a million jobs',
  subscription_ms: 'from a block’s commit until the last of 1,000 subscribers has it, over SSE',
};

const unitOf = ({ unit }: Result): string => (unit === 'x' ? '' : ` ${unit}`);

/** The part of docs/performance.md that a run of the bench writes. Throws `RangeError` for a report without one of its metrics. */
export const partOf = ({ machine, versions, settings, results }: Report, quick: boolean): string => {
  const found = new Map(results.map((result) => [result.metric, result]));
  const of = (metric: string): Result => {
    const result = found.get(metric);
    if (result === undefined) throw new RangeError(`the bench has not measured ${metric}`);
    return result;
  };
  const metrics = Object.entries(meanings).map(([metric, meaning]) => {
    const result = of(metric);
    const { value, low, high, goal, sense } = result;
    const aim = goal === null ? '' : `at ${sense ?? 'most'} ${goal}`;
    return [
      `\`${metric}\``,
      meaning,
      `${shown(value)}${unitOf(result)}`,
      `${shown(low)} to ${shown(high)}`,
      aim,
    ];
  });
  const cpu = contenders.map((each) => [
    each,
    ...operationNames.map((name) => shown(of(`${name}_${each}_cpu`).value)),
  ]);
  const how = Object.entries(settings).map(([name, value]) => `- ${name}: ${value}`);
  return [
    table(['metric', 'what it divides', 'median', 'rounds', 'goal'], metrics),
    'Microseconds of processor time a request:',
    table(['server', ...operationNames], cpu),
    setting(machine, versions),
    [`A ${quick ? '`--quick`' : 'full'} run:`, ...how].join('\n'),
  ].join('\n\n');
};
