import { median, type Result, summarise } from '../report.js';
import type { MeasuredKernel } from '../runtime/measure-kernels.js';
import type { MeasuredClass } from './all-classes.js';

/** The most that the worst class may take for a gas, over what the kernels take. */
const WORST_OVER_TYPICAL = 8;

const UNIT = 'ns/gas';

/** Nanoseconds a gas of each round of a kernel. */
const ofKernel = ({ runs }: MeasuredKernel): number[] =>
  runs.instrumented.map(({ nanoseconds, gas = Number.NaN }) => nanoseconds / gas);

/**
 * What a class takes when nothing else disturbs it: the least of its rounds. Preparation is left out: it is done once for
 * all the units that a process runs.
 */
function worstOf(classes: readonly MeasuredClass[]): { readonly name: string; readonly least: number } {
  const units = classes.filter(({ each }) => each.group !== 'preparation');
  return units
    .map(({ each, nanosecondsPerGas }) => ({ name: each.name, least: Math.min(...nanosecondsPerGas) }))
    .reduce((worst, next) => (next.least > worst.least ? next : worst));
}

/** The summary: what is typical, what is worst, and how far apart they are. */
export function gasSummary(kernels: readonly MeasuredKernel[], classes: readonly MeasuredClass[]): Result[] {
  const rounds = Math.max(...kernels.map(({ runs }) => runs.instrumented.length));
  const typical = Array.from({ length: rounds }, (_, round) =>
    median(kernels.map((kernel) => ofKernel(kernel)[round] ?? Number.NaN)),
  );
  const { name, least } = worstOf(classes);
  return [
    summarise(
      'worst_over_typical_ns_per_gas',
      'ratio',
      typical.map((each) => least / each),
      WORST_OVER_TYPICAL,
    ),
    summarise('typical_ns_per_gas', UNIT, typical),
    summarise(`worst_ns_per_gas (${name})`, UNIT, [least]),
  ];
}

/** A line for each class, the worst first. */
export function classResults(classes: readonly MeasuredClass[]): Result[] {
  return classes
    .map(({ each, nanosecondsPerGas }) => summarise(`${each.group}: ${each.name}`, UNIT, nanosecondsPerGas))
    .sort((one, other) => other.low - one.low);
}

/** A line for each kernel. */
export function kernelResults(kernels: readonly MeasuredKernel[]): Result[] {
  return kernels.map((each) => summarise(`kernel: ${each.kernel.name}`, UNIT, ofKernel(each)));
}
