import type { Bench } from '../bench.js';
import { thisMachine } from '../report.js';
import { measureKernels } from '../runtime/measure-kernels.js';
import { measureClasses } from './all-classes.js';
import { classResults, gasSummary, kernelResults } from './results.js';

/** Time for a gas, of every class of work that a module can ask for. */
export const gas: Bench = {
  about: 'nanoseconds for a gas, of each class of work and of the kernels',
  async run({ quick, progress }) {
    const settings = { rounds: quick ? 2 : 5, milliseconds: quick ? 10 : 30 };
    const effort = { rounds: 2, milliseconds: settings.milliseconds };
    const kernels = await measureKernels(['instrumented'], settings.rounds, progress);
    const classes = await measureClasses(settings.rounds, effort, progress);
    return {
      name: 'gas',
      machine: thisMachine(),
      versions: { node: process.version, v8: process.versions.v8 },
      settings,
      results: [...gasSummary(kernels, classes), ...kernelResults(kernels), ...classResults(classes)],
    };
  },
};
