import { createHash } from 'node:crypto';
import { prepareTask, runUnit, UnitRequestError } from '@dmcn/runtime';
import type { Case } from '../../../case.js';
import type { Outcome } from '../../../outcome.js';

/** What the runtime itself makes of a case, in this process. */
export async function onNode(asked: Case): Promise<Outcome> {
  try {
    const { status, exitCode, gas, output } = runUnit(await prepareTask(asked.module), asked);
    const hash = createHash('sha256').update(output).digest('hex');
    return { kind: 'result', status, exitCode, gas, output: hash };
  } catch (error) {
    if (error instanceof UnitRequestError) return { kind: 'none', reason: error.message };
    throw error;
  }
}
