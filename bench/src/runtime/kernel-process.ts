import { prepareTask, runUnit, type Task } from '@dmcn/runtime';
import { answering } from '../ask.js';
import { cpuTime } from '../cpu-time.js';
import type { Run } from './kernels.js';
import { runPlain } from './plain-host.js';

/** First a module with its input, then how to run it. */
export type Question =
  | { readonly module: Uint8Array; readonly input: Uint8Array }
  | { readonly run: 'plain' | 'instrumented' };

let input = new Uint8Array();
let plain: WebAssembly.Module;
let task: Task;

function run(how: 'plain' | 'instrumented'): Run {
  const start = cpuTime();
  if (how === 'plain') {
    const output = runPlain(plain, input);
    return { nanoseconds: cpuTime() - start, output: output.toString('base64') };
  }
  const request = { input, unit: 0, args: [], gasLimit: 1n << 60n, memoryLimit: 64 << 20 };
  const { status, gas, output } = runUnit(task, request);
  const nanoseconds = cpuTime() - start;
  if (status !== 'OK') throw new Error(`an instrumented kernel ended with ${status}`);
  return { nanoseconds, output: Buffer.from(output).toString('base64'), gas: Number(gas) };
}

answering<Question, Run | undefined>(async (question) => {
  if ('run' in question) return run(question.run);
  input = new Uint8Array(question.input);
  plain = await WebAssembly.compile(new Uint8Array(question.module));
  task = await prepareTask(question.module);
  for (let round = 0; round < 2; round++) {
    run('plain');
    run('instrumented');
  }
  return undefined;
});
