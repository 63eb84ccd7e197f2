import { InvalidArgumentError } from 'commander';
import type { Account, Context } from '../context.js';
import { recallJob } from '../job-home.js';

/** The key that submitted a job, or the one that was chosen. */
export async function accountOf(jobId: bigint, context: Context): Promise<Account> {
  const { chainId } = await context.chain();
  return context.account(recallJob(context.home, chainId, jobId)?.from);
}

/** The id of a job that a text names. Throws what is reported as wrong usage. */
export function jobIdOf(text: string): bigint {
  if (/^[1-9]\d{0,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError(`"${text}" is no job id; give a number such as 7`);
}
