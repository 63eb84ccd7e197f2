import { gasLimitCap, REFERENCE, UNIT_SECONDS } from './cap.js';
import {
  ACCESS_PRICES,
  CALL_PRICES,
  FREE_FOR_ONE_GAS,
  INSTRUCTION_COSTS,
  PRICES,
  type Steps,
} from './costs.js';
import { PAGE_BYTES } from './limits.js';

const number = (value: number | bigint): string => value.toLocaleString('en-US');
const row = (...cells: readonly (number | string)[]): string =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join(' | ')} |`;
const size = (bytes: number): string => (bytes < 1 << 20 ? `${bytes >> 10} KiB` : `${bytes >> 20} MiB`);

function instructionRows(): string[] {
  const prices = [...new Set(INSTRUCTION_COSTS.values())].sort((one, other) => one - other);
  const names = (price: number): string[] =>
    [...INSTRUCTION_COSTS].filter(([, gas]) => gas === price).map(([name]) => `\`${name}\``);
  return prices.map((price) => row(price, names(price).join(' ')));
}

const stepRows = (steps: Steps, name: (upTo: number) => string): string[] =>
  steps.map(({ upTo, gas }) => row(`up to ${name(upTo)}`, gas));

const WORK: readonly (readonly [what: string, gas: number])[] = [
  ['a unit', PRICES.unit],
  ['a byte of the module', PRICES.moduleByte],
  ['a byte of the input', PRICES.inputByte],
  ['a page of memory, at the start or grown', PRICES.page],
  ['an entry of the table or of an element segment', PRICES.tableEntry],
  ['a global', PRICES.global],
  ['a `memory.grow` that adds pages, beside those', PRICES.growth],
  ['... for each page that was there before', PRICES.presentPage],
  ['a parameter or result of a `call` or `call_indirect`', PRICES.callValue],
  ['a call of the host', PRICES.hostCall],
  ['a buffer of `fd_read` or `fd_write`, an argument of `args_get`', PRICES.hostVector],
  ['a byte that a host call reads or writes', PRICES.hostByte],
  ['a byte of `random_get`', PRICES.randomByte],
];

/** docs/gas-schedule.md: every price, and what the highest gas limit follows from. */
export function schedulePage(): string {
  return `# The gas schedule of dmcn-wasm/1

Gas is what a unit is paid by and limited to. It is the same for the same unit on every device, so it follows what a program does, not the clock; the
prices follow what the slowest way to do it takes, so that no program gets many more seconds for its gas than another. This page is made from
\`runtime/src/profile/costs.ts\`, and a test keeps it so (\`npx vitest run runtime/src/profile -u\` writes it anew).

## Instructions
Charged on entry to each straight-line region, for all of it. Of those that cost 0 (but for loads and stores) ${FREE_FOR_ONE_GAS} in one region cost 1.

| gas | instructions |
| --- | --- |
${instructionRows().join('\n')}

**Loads and stores** wait for the slowest of the caches that the memory of the moment needs. Each costs, by the pages that there are:

| memory | gas |
| --- | --- |
${stepRows(ACCESS_PRICES, (pages) => size(pages * PAGE_BYTES)).join('\n')}

\`memory.fill\` costs one such access more, \`memory.copy\` two, and both 1 for each ${PRICES.bulkBytes} bytes.

**Calls** fetch code through caches too. \`call\` and \`call_indirect\` cost more, by the functions that the module defines:

| functions | gas |
| --- | --- |
${stepRows(CALL_PRICES, number).join('\n')}

## Everything else
| what | gas |
| --- | --- |
${WORK.map((each) => row(...each)).join('\n')}

## What a program can do about it
- A small memory is cheap: a program whose memory stays within ${size((ACCESS_PRICES[2]?.upTo ?? 0) * PAGE_BYTES)} pays a tenth for its loads and stores of what one beyond that pays.
  Allocate once, and reuse.
- Growth in few large steps costs less than in many small ones.
- A unit of a large module should have work to do: its module costs ${PRICES.moduleByte} gas a byte, each time.

## The highest gas limit
The chain takes no job whose gas limit is above \`max_gas_limit\`: what the worst accepted program needs ${UNIT_SECONDS} s for on the reference machine, a quarter of the time that
referees have for a verdict.

| | |
| --- | --- |
| reference machine | ${REFERENCE.machine} |
| worst class of work | ${REFERENCE.worstNanosecondsPerGas} ns a gas, and ${REFERENCE.reserve} times that as a reserve |
| preparing the worst module | ${REFERENCE.preparationSeconds} s |
| \`max_gas_limit\` | (${UNIT_SECONDS} - ${REFERENCE.preparationSeconds}) s / (${REFERENCE.reserve} * ${REFERENCE.worstNanosecondsPerGas} ns) = ${number(gasLimitCap())} |

\`npm run bench -- gas\` measures every class of work, and how much longer the worst takes for a gas than real programs do. The goal is 8 times.
`;
}
