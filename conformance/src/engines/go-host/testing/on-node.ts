import { createHash } from 'node:crypto';
import { prepareTask, runUnit, type Task, UnitRequestError } from '@dmcn/runtime';
import type { Case } from '../../../case.js';
import type { Outcome } from '../../../outcome.js';

const tasks = new WeakMap<Uint8Array, Task>();

/** What the runtime itself makes of a case, in this process. */
export async function onNode(asked: Case): Promise<Outcome> {
  try {
    const task = tasks.get(asked.module) ?? (await prepareTask(asked.module));
    tasks.set(asked.module, task);
    const { status, exitCode, gas, output } = runUnit(task, asked);
    const hash = createHash('sha256').update(output).digest('hex');
    return { kind: 'result', status, exitCode, gas, output: hash };
  } catch (error) {
    if (error instanceof UnitRequestError) return { kind: 'none', reason: error.message };
    throw error;
  }
}
