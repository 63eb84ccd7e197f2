import { cpus, release, totalmem, type } from 'node:os';

/** One figure. `low` and `high` are the least and the greatest of the rounds, `value` is their median. */
export interface Result {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** What it should be at most, or at least; null where nothing is aimed at. Missing it fails nothing. */
  readonly goal: number | null;
  /** Whether the goal is the least that it should be; else it is the most. */
  readonly sense?: 'least';
}

/** Where it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
}

/** What a bench prints with --json. */
export interface Report {
  readonly name: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly results: readonly Result[];
}

/** This machine. */
export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
});

/** A figure from the samples of all rounds. Throws `RangeError` where one is missing or no number. */
export function summarise(
  metric: string,
  unit: string,
  samples: readonly number[],
  goal: number | null = null,
  sense?: 'least',
): Result {
  if (samples.length === 0 || !samples.every(Number.isFinite))
    throw new RangeError(`${metric} could not be measured: its samples are [${samples.join(', ')}]`);
  return {
    metric,
    value: median(samples),
    unit,
    low: Math.min(...samples),
    high: Math.max(...samples),
    goal,
    ...(sense && { sense }),
  };
}

/** The middle of some numbers, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
}

/** The report for people, a line for each figure. */
export function toText({ name, machine, settings, results }: Report): string {
  const number = (value: number) => Number(value.toPrecision(4)).toString();
  const rows = results.map(({ metric, value, unit, low, high, goal, sense }) => [
    metric,
    `${number(value)} ${unit}`,
    `${number(low)} to ${number(high)}`,
    goal === null ? '' : `goal: at ${sense ?? 'most'} ${goal}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const how = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
  const where = `${machine.cores} x ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}`;
  return [`${name}: ${how.join(', ')}`, where, ...lines].join('\n');
}
