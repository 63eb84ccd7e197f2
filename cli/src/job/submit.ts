import { followKept, type SubmittedJob, submitJob, submittedBy } from '@dmcn/requester';
import type { Account, Context } from '../context.js';
import { rememberJob } from '../job-home.js';
import { createTxJournal } from '../tx-journal.js';
import type { Ask } from './ask.js';

/** A job that was submitted under a name of the home's journal. */
export interface Submission extends SubmittedJob {
  /** To be called once the job's id stands where the same command line finds it again. */
  noted(): Promise<void>;
}

/**
 * Submits a job, or goes on with the submission of the same name that an earlier process did not finish, and remembers it
 * in the home.
 */
export async function submitOnce(
  ask: Ask,
  name: string,
  account: Account,
  context: Context,
): Promise<Submission> {
  const { out, signal } = context;
  const chain = await context.chain();
  const journal = createTxJournal(context.home, chain.chainId);
  if (await journal.recall(name))
    out.progress('an earlier run was interrupted while it submitted; finding out what came of it');
  const submitted = await submitJob(
    ask,
    account,
    { chain, blobsAt: context.blobsFor(account.signer), journal },
    {
      name,
      purpose: ask.digest,
      signal,
      onProgress: (done, total) => out.status(`uploading inputs: ${done}/${total}`),
      onWaiting: (error) => out.status(waiting(error)),
    },
  );
  out.statusDone();
  const { jobId, escrow, deposit, height } = submitted;
  const { names } = ask;
  await rememberJob(context.home, {
    chainId: chain.chainId,
    jobId: String(jobId),
    names,
    from: account.name,
  });
  if (deposit > 0n) out.progress(`published ${ask.module.name} against a deposit of ${deposit} udmc`);
  out.progress(`job ${jobId} is submitted: ${names.length} units, escrow ${escrow} udmc, height ${height}`);
  return { ...submitted, noted: () => journal.forget(name) };
}

/** The job of a submission of another ask that was interrupted under this name; undefined where none is left. */
export async function otherSubmission(
  ask: Ask,
  name: string,
  { chain: chainOf, home, signal, out }: Context,
): Promise<Submission | undefined> {
  const chain = await chainOf();
  const journal = createTxJournal(home, chain.chainId);
  const kept = await journal.recall(name);
  if (kept === undefined || kept.purpose === ask.digest) return undefined;
  const onWaiting = (error: unknown) => out.status(waiting(error));
  const receipt = await followKept({ chain, journal }, name, { signal, onWaiting });
  return receipt && { ...submittedBy(receipt), noted: () => journal.forget(name) };
}

const waiting = (error: unknown): string =>
  `waiting for the chain: ${error instanceof Error ? error.message : error}`;
