import { createHash } from 'node:crypto';
import type { Account, Context } from '../context.js';
import { type Lock, takeLock } from '../lock.js';
import { type OutputDirectory, OutputDirectoryError } from '../output-directory.js';
import type { Ask } from './ask.js';
import { otherSubmission, submitOnce } from './submit.js';

/**
 * The job of an output directory: the one that it belongs to where that was submitted for the same ask, else a new one. A
 * directory has one job for good, so a command line that is typed again goes on with it; a new one takes a new directory.
 * @throws OutputDirectoryError where the directory belongs to another job
 */
export async function jobOfDirectory(
  directory: OutputDirectory,
  ask: Ask,
  account: Account,
  context: Context,
): Promise<bigint> {
  const { chainId } = await context.chain();
  const { owner } = directory;
  if (owner) {
    directory.refuseUnless(owner.chainId === chainId && owner.ask === ask.digest);
    context.out.progress(`${directory.path} belongs to job ${owner.jobId}, which goes on`);
    return BigInt(owner.jobId);
  }
  const name = `run-${createHash('sha256').update(directory.realPath).digest('hex').slice(0, 32)}`;
  const other = await otherSubmission(ask, name, context);
  if (other) {
    await directory.claim({ chainId, jobId: String(other.jobId) });
    await other.noted();
    throw new OutputDirectoryError(
      `job ${other.jobId} was submitted for ${directory.path} with other inputs or options; fetch it with "dmcn job fetch ${other.jobId} --output ${directory.path}" or choose another directory`,
    );
  }
  const { jobId, noted } = await submitOnce(ask, name, account, context);
  await directory.claim({ chainId, jobId: String(jobId), ask: ask.digest });
  await noted();
  return jobId;
}

/** Keeps other processes of this machine away from a directory. Throws OutputDirectoryError where one works in it. */
export async function lockDirectory({ path, realPath }: OutputDirectory): Promise<Lock> {
  const lock = await takeLock(`directory ${realPath}`);
  if (lock) return lock;
  throw new OutputDirectoryError(`another dmcn works in ${path}; wait for it, or choose another directory`);
}

/** A name in the journal that no living process uses: that of an interrupted submission of the same ask, else a free one. */
export async function freeSubmission(ask: Ask, { home }: Context): Promise<string> {
  for (let number = 0; ; number += 1) {
    const name = `submit-${ask.digest.slice(0, 32)}-${number}`;
    if (await takeLock(`submission ${home} ${name}`)) return name;
  }
}
