import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from '../alternate.js';
import { Answerer } from '../ask.js';
import type { Question } from './kernel-process.js';
import { type Built, build, type Kernel, kernels, type Run, runNative } from './kernels.js';

/** How a kernel can run. */
export const CONTENDERS = ['native', 'vectorised', 'plain', 'instrumented'] as const;
export type Contender = (typeof CONTENDERS)[number];

const NOT_RUN: Readonly<Record<Contender, readonly Run[]>> = {
  native: [],
  vectorised: [],
  plain: [],
  instrumented: [],
};

/** A kernel and, for each contender, its runs. */
export interface MeasuredKernel {
  readonly kernel: Kernel;
  readonly runs: Readonly<Record<Contender, readonly Run[]>>;
}

/** Compiles all kernels and runs them in turn, A B A B. Rejects where one cannot be compiled or two ways differ in what they write. */
export async function measureKernels(
  contenders: readonly Contender[],
  rounds: number,
  progress: (line: string) => void,
): Promise<MeasuredKernel[]> {
  const directory = await mkdtemp(join(tmpdir(), 'dmcn-bench-'));
  try {
    const built: Built[] = [];
    progress('compiling the kernels');
    for (const kernel of kernels()) built.push(await build(kernel, directory));
    const measured: MeasuredKernel[] = [];
    for (const kernel of built) {
      progress(`${rounds} rounds of ${kernel.name}`);
      measured.push({ kernel, runs: await measureKernel(kernel, contenders, rounds) });
    }
    return measured;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureKernel(
  kernel: Built,
  contenders: readonly Contender[],
  rounds: number,
): Promise<Record<Contender, readonly Run[]>> {
  const { name, module, input } = kernel;
  const engine = new Answerer<Question, Run>('./runtime/kernel-process.js');
  try {
    await engine.ask({ module, input });
    const runs = await alternate(contenders, rounds, (contender) =>
      contender === 'native' || contender === 'vectorised'
        ? runNative(kernel[contender], input)
        : engine.ask({ run: contender }),
    );
    const outputs = new Set(
      contenders
        .filter((contender) => contender !== 'vectorised')
        .flatMap((contender) => runs[contender].map(({ output }) => output)),
    );
    if (outputs.size !== 1) throw new Error(`the kernel ${name} does not write the same everywhere`);
    return { ...NOT_RUN, ...runs };
  } finally {
    engine.close();
  }
}
