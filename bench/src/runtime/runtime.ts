import { Answerer } from '../ask.js';
import type { Bench } from '../bench.js';
import { output } from '../command.js';
import { measureClasses } from '../gas/all-classes.js';
import { gasSummary } from '../gas/results.js';
import { type Result, summarise, thisMachine } from '../report.js';
import { CONTENDERS, type Contender, type MeasuredKernel, measureKernels } from './measure-kernels.js';
import { measureStart } from './start.js';

/** What the profile costs against plain WebAssembly and native code, and how fast a unit starts. */
export const runtime: Bench = {
  about: 'instrumented kernels against plain WebAssembly and native code; starts; gas against time',
  async run({ quick, progress }) {
    const settings = { rounds: quick ? 5 : 15, starts: quick ? 5 : 20, classRounds: quick ? 1 : 3 };
    const kernels = await measureKernels(CONTENDERS, settings.rounds, progress);
    progress('instrumenting and starting');
    const instrumenting: number[] = [];
    const starts = [];
    for (let i = 0; i < settings.starts; i++) {
      const process = new Answerer<null, number>('./runtime/instrument-process.js');
      instrumenting.push(await process.ask(null).finally(() => process.close()));
      starts.push(await measureStart());
    }
    const classes = await measureClasses(settings.classRounds, { rounds: 2, milliseconds: 10 }, progress);
    const [clang = ''] = (await output('clang', ['--version'])).split('\n');
    return {
      name: 'runtime',
      machine: thisMachine(),
      versions: { node: process.version, v8: process.versions.v8, clang },
      settings,
      results: [
        overall('instrumented_over_plain', kernels, 'plain', 1.3),
        overall('instrumented_over_native', kernels, 'native', 2),
        summarise('instrument_ms_per_mib', 'ms', instrumenting, 300),
        summarise(
          'start_warm_ms',
          'ms',
          starts.map(({ warm }) => warm),
          10,
        ),
        summarise(
          'start_cold_ms',
          'ms',
          starts.map(({ cold }) => cold),
          250,
        ),
        ...gasSummary(kernels, classes),
        overall('instrumented_over_vectorised', kernels, 'vectorised'),
        ...kernels.flatMap((kernel) => [
          summarise(`${kernel.kernel.name}: instrumented_over_plain`, 'ratio', ratios(kernel, 'plain')),
          summarise(`${kernel.kernel.name}: instrumented_over_native`, 'ratio', ratios(kernel, 'native')),
        ]),
      ],
    };
  },
};

/** The instrumented run over another of the same round, for each round. */
function ratios({ runs }: MeasuredKernel, other: Contender): number[] {
  return runs.instrumented.map(
    ({ nanoseconds }, round) => nanoseconds / (runs[other][round]?.nanoseconds ?? Number.NaN),
  );
}

/** The geometric mean over the kernels, for each round. */
function overall(
  metric: string,
  kernels: readonly MeasuredKernel[],
  other: Contender,
  goal?: number,
): Result {
  const all = kernels.map((kernel) => ratios(kernel, other));
  const means = all[0]?.map((_, round) =>
    Math.exp(all.reduce((sum, each) => sum + Math.log(each[round] ?? Number.NaN), 0) / all.length),
  );
  return summarise(metric, 'ratio', means ?? [], goal);
}
