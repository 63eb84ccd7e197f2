import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report, Result } from '../report.js';

const page = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));
const [begin, end] = ['<!-- figures of indexer -->', '<!-- end of figures -->'];

/** What each metric divides. */
const abouts: Readonly<Record<string, string>> = {
  vs_subql: 'events a CPU-second, ours over subql’s with its fastest mapping (`bulk`)',
  vs_subql_events: 'the same over subql with a handler for each kind of event, as its manual has it',
  vs_psql_sink: 'events a CPU-second, ours over CometBFT’s sink that fetches its blocks in batches as we do',
  vs_psql_sink_fed: 'the same over a sink that has all blocks in memory, as within a node',
  vs_fetch_parse_floor:
    'CPU of the indexer over that of a client that fetches, and parses the answers and the JSON in each attribute',
  vs_fetch_json_floor: 'over a client that leaves the attributes as text',
  vs_fetch_typed_floor: 'over a client that makes typed events of them and keeps nothing',
};

const aboutOf = (metric: string): string => {
  const density = metric.match(/_(\d+)$/)?.[1];
  if (metric.startsWith('events_a_cpu_second')) return `of the indexer, ${density} events a block`;
  return abouts[metric] ?? (density === '0' ? 'empty blocks' : `${density} events a block`);
};

const number = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

const rowOf = ({ metric, value, unit, low, high, goal, sense }: Result): string => {
  const shown = unit === 'x' ? number(value) : `${number(value)} ${unit}`;
  const aim = goal === null ? '' : `at ${sense ?? 'most'} ${goal}`;
  return `| \`${metric}\` | ${aboutOf(metric)} | ${shown} | ${number(low)} to ${number(high)} | ${aim} |`;
};

const COSTS = /^(.+)_(\d+)_cpu_a_block$/;

const costRows = (results: readonly Result[]): readonly string[] => {
  const costs = new Map<string, Map<string, string>>();
  for (const { metric, value } of results) {
    const [, contender = '', density = ''] = metric.match(COSTS) ?? [];
    if (contender === '') continue;
    const row = costs.get(contender) ?? new Map<string, string>();
    costs.set(contender, row.set(density, number(value)));
  }
  const cell = (row: ReadonlyMap<string, string>, density: string) => row.get(density) ?? '-';
  return [...costs].map(
    ([contender, row]) => `| ${contender} | ${['0', '10', '200'].map((d) => cell(row, d)).join(' | ')} |`,
  );
};

/** The figures of a run as Markdown. */
export const figuresOf = ({ machine, versions, settings, results }: Report): string => {
  const { cores, cpu, memoryGiB, system } = machine;
  const used = Object.entries({ node: process.version, ...versions }).map((pair) => pair.join(' '));
  const words = new Set(['postgresql', 'subql']);
  return `${begin}
| metric | what it divides | median | rounds | goal |
| --- | --- | --- | --- | --- |
${results
  .filter(({ metric }) => !COSTS.test(metric))
  .map(rowOf)
  .join('\n')}

Microseconds of processor time a block:

| contender | 0 events | 10 events | 200 events |
| --- | --- | --- | --- |
${costRows(results).join('\n')}

${cores} x ${cpu}, ${memoryGiB} GiB, ${system}; ${used.join(', ')}.

${Object.entries(settings)
  .map(([name, value]) => `- ${name}: ${words.has(name) ? `\`${value}\`` : value}`)
  .join('\n')}
${end}`;
};

/** Writes the figures into docs/performance.md, in the place of those that are there. */
export const writePage = (report: Report): void => {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for the figures: ${begin} to ${end}`);
  writeFileSync(page, text.slice(0, from) + figuresOf(report) + text.slice(to + end.length));
};
