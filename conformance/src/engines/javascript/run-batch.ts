import { compileTask, instrumentTask, runUnit, type Task } from '@dmcn/runtime';
import { sha256 } from '@noble/hashes/sha2.js';
import { readBatch } from './batch.js';

/** What a JavaScript engine says about one case of a batch: a line of JSON. */
export type Answer =
  | {
      readonly index: number;
      readonly status: string;
      readonly exitCode: number;
      readonly gas: string;
      readonly output: string;
      readonly instrumented: string;
    }
  | { readonly index: number; readonly none: string };

/**
 * Runs the cases of a batch in this realm, from the first one to the one before the last, through the very code that a worker runs
 * a unit with. Tells each answer as soon as it is there.
 */
export async function runBatch(
  bytes: Uint8Array,
  first: number,
  last: number,
  tell: (answer: Answer) => void,
): Promise<void> {
  const cases = readBatch(bytes);
  let prepared: Prepared | undefined;
  for (let index = first; index < Math.min(last, cases.length); index++) {
    const { module, ...request } = cases[index] as (typeof cases)[number];
    try {
      if (prepared?.module !== module) prepared = await prepare(module);
      const { status, exitCode, gas, output } = runUnit(prepared.task, request);
      const { instrumented } = prepared;
      tell({ index, status, exitCode, gas: String(gas), output: hex(sha256(output)), instrumented });
    } catch (error) {
      tell({ index, none: String(error) });
    }
  }
}

interface Prepared {
  readonly module: Uint8Array;
  readonly task: Task;
  readonly instrumented: string;
}

async function prepare(module: Uint8Array): Promise<Prepared> {
  const task = instrumentTask(module);
  const { program } = task;
  const instrumented = program === undefined ? '' : hex(sha256(program.bytes));
  return { module, task: await compileTask(task), instrumented };
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
