import { ChainRejectedError, type UnitId } from '@dmcn/chain-client';
import { sendOnce, type Work } from './work.js';

/**
 * Shows the input of a disputed unit that the worker executed or audited, with its proof, before anything else that it does.
 * Does nothing where somebody was faster. @throws InputMissingError
 */
export async function postInput(id: UnitId, work: Work): Promise<void> {
  const { ports, signal, source } = work;
  const { unit, ...lease } = id;
  work.show({ state: 'posting', lease });
  const job = await ports.chain.job(id.jobId);
  const [input, proof] = await Promise.all([
    source.input(job, unit, signal),
    source.inputProof(job, unit, signal),
  ]);
  try {
    await sendOnce(work, `input-${unit}`, lease, { type: 'postInput', ...id, input, proof });
    work.tell({ notice: 'disputed', lease, detail: `unit ${unit}` });
  } catch (error) {
    const isThere = error instanceof ChainRejectedError && error.reason === 'NoInputAwaited';
    if (!isThere) throw error;
  }
}
