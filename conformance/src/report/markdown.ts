import { STATUS_CODES } from '@dmcn/runtime';
import type { RunRecord } from './record.js';

const TITLES = { corpus: 'Corpus', random: 'Random modules' } as const;

const ORDER = [...Object.keys(STATUS_CODES), 'none'];

/** The report of the runs, as a page of the documentation. */
export function toMarkdown(records: readonly RunRecord[]): string {
  return [
    '# Conformance',
    'The same modules with the same inputs, run on every engine: status, exit code, gas and output hash have to be equal, and so have the instrumented',
    'bytes that each JavaScript engine makes of a module. Written by `npm run conformance -- all --report docs/conformance.md`; what is compared, and how, is in',
    '[conformance](../conformance/README.md).',
    ...records.map(section),
    '',
  ].join('\n');
}

function section(record: RunRecord): string {
  const { set, cases, modules, differences, statuses, engines, tools, seconds, shown } = record;
  const lines = [
    `\n## ${TITLES[set]}`,
    `${count(cases)} cases, ${count(modules)} modules, **${count(differences)} differences**, in ${duration(seconds)}${tools.length > 0 ? `, with ${tools.join(', ')}` : ''}.`,
    '',
    '| status | cases |',
    '| --- | ---: |',
    ...ORDER.filter((status) => statuses[status]).map(
      (status) => `| ${status} | ${count(statuses[status] ?? 0)} |`,
    ),
    '',
    '| engine | version | cases | seconds |',
    '| --- | --- | ---: | ---: |',
    ...engines.map(({ name, version, every, cases: own, seconds: used }) => {
      const share = every === 1 ? '' : ` (1 of ${every})`;
      return `| ${name} | ${version} | ${count(own)}${share} | ${count(Math.round(used))} |`;
    }),
  ];
  if (shown.length > 0) lines.push('', 'What differs:', '', ...shown.map((line) => `- ${line}`));
  return lines.join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Seconds as people read them. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
