import { prepareInputs, type SubmittedJob, submitJob } from '@dmcn/requester';
import type { Account, Context } from '../context.js';
import { UsageError } from '../errors.js';
import { readInputs } from '../files.js';
import { rememberJob } from '../job-home.js';
import { choicesOf, type JobFlags } from './choices.js';
import { moduleIdOf } from './module-of.js';

/** A submitted job with the names of its inputs. */
export interface Submission extends SubmittedJob {
  readonly moduleId: Uint8Array;
  readonly names: readonly string[];
}

/** Reads the inputs, publishes the module if need be, uploads, submits, and remembers the job in the home. */
export async function submitFromFlags(
  flags: JobFlags,
  account: Account,
  context: Context,
): Promise<Submission> {
  const { out, signal } = context;
  const inputs = prepareInputs(await readInputs(flags));
  const locators = flags.blobs ?? context.config.blobs;
  if (locators === undefined) throw new UsageError('no blob store is known; name one with --blobs URL');
  const chain = await context.chain();
  const moduleId = await moduleIdOf(flags.module, account, context);
  const submitted = await submitJob(
    moduleId,
    inputs,
    account,
    { chain, blobsAt: context.blobsAt },
    {
      choices: choicesOf(flags),
      locators,
      ...(flags.maxTotal !== undefined && { maxTotal: flags.maxTotal }),
      signal,
      onProgress: (done, total) => out.status(`uploading inputs: ${done}/${total}`),
    },
  );
  out.statusDone();
  const names = inputs.inputs.map(({ name }) => name);
  rememberJob(context.home, {
    chainId: chain.chainId,
    jobId: String(submitted.jobId),
    names,
    from: account.name,
  });
  out.progress(
    `job ${submitted.jobId} is submitted: ${names.length} units, escrow ${submitted.escrow} udmc, height ${submitted.height}`,
  );
  return { ...submitted, moduleId, names };
}
