import { Answerer } from '../ask.js';
import type { Question } from './class-process.js';
import { CLASSES } from './classes/index.js';
import type { LoopClass, UnitClass } from './gas-class.js';
import type { Cost, Effort } from './measure.js';

/** As a unit's process has them. */
const FLAGS = ['--max-old-space-size=1024'];

/** A class and the samples of its rounds. */
export interface MeasuredClass {
  readonly each: LoopClass | UnitClass;
  readonly nanosecondsPerGas: readonly number[];
}

/** Measures every class, in so many rounds, each time in a process of its own. */
export async function measureClasses(
  rounds: number,
  effort: Effort,
  progress: (line: string) => void,
): Promise<MeasuredClass[]> {
  const samples = CLASSES.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1}: ${CLASSES.length} classes of work`);
    for (const index of CLASSES.keys()) {
      const measurer = new Answerer<Question, Cost>('./gas/class-process.js', FLAGS);
      const { gas, nanoseconds } = await measurer.ask({ index, effort }).finally(() => measurer.close());
      samples[index]?.push(nanoseconds / gas);
    }
  }
  return CLASSES.map((each, index) => ({ each, nanosecondsPerGas: samples[index] ?? [] }));
}
