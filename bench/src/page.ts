import { readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './report.js';

const begins = (name: string) => `<!-- bench ${name}: written by --page -->`;
const ENDS = '<!-- end -->';

/** A page with other text in the part that a bench writes. Throws `RangeError` where the page has no such part. */
export const withPart = (page: string, name: string, text: string): string => {
  const from = page.indexOf(begins(name));
  const to = page.indexOf(ENDS, from);
  if (from < 0 || to < 0) throw new RangeError(`the page has no part from "${begins(name)}" to "${ENDS}"`);
  return `${page.slice(0, from)}${begins(name)}\n${text.trim()}\n${page.slice(to)}`;
};

/** Writes a bench's part of a page. Throws `RangeError` where the page has none. */
export const writePart = (path: string, name: string, text: string): void =>
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), name, text));

/** Four digits, thousands apart. */
export const shown = (value: number): string =>
  Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 4 });

/** A table; cells that hold `|` are escaped. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/** Where and with what it was measured, in one line. */
export const setting = (
  { cores, cpu, memoryGiB, system }: Machine,
  versions: Readonly<Record<string, string>>,
): string =>
  `${cores} x ${cpu}, ${memoryGiB} GiB, ${system}; ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.`;
