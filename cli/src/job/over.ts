import { EndpointUnreachableError, type Job } from '@dmcn/chain-client';
import { type Answered, jobInIndex } from '@dmcn/chain-client/indexed';
import type { Context } from '../context.js';
import { readThrough } from '../reading.js';

/**
 * A job that is over by the word of an index, where no node answers. Where one does, a job is followed on the chain: what
 * is accepted, demanded or challenged while one waits for it depends on its state.
 */
export async function overByIndexAlone(jobId: bigint, context: Context): Promise<Answered<Job> | undefined> {
  const silence = await context
    .chain()
    .then((chain) => chain.status())
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  if (!(silence instanceof EndpointUnreachableError)) return undefined;
  const alone = { ...context, chain: () => Promise.reject(silence) };
  try {
    const answered = await readThrough(alone, jobInIndex(jobId), (chain) => chain.job(jobId));
    return answered.value.settledHeight === 0 ? undefined : answered;
  } catch {
    // no index knows it: whoever waits for the job waits for a node
    return undefined;
  }
}
