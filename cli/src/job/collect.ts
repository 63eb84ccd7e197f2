import { type CollectEvent, type Collected, collectJob, createLeafCheck, manifestOf } from '@dmcn/requester';
import { createExecutor } from '@dmcn/runtime/node';
import type { Account, Context } from '../context.js';
import { recallJob } from '../job-home.js';
import type { OutputDirectory } from '../output-directory.js';
import { progressLine } from './progress.js';

export interface CollectFlags {
  /** Share of each batch's units to run here before the batch is accepted, 0 to 1. */
  readonly verify?: number;
  /** Accept and demand nothing. */
  readonly passive?: boolean;
}

/** Follows a job to its end and writes its outputs and manifest, if there is a directory for them. */
export async function collect(
  jobId: bigint,
  directory: OutputDirectory | undefined,
  { verify = 0, passive = false }: CollectFlags,
  account: Account,
  context: Context,
): Promise<Collected> {
  const chain = await context.chain();
  const { out, signal, blobsAt } = context;
  const names = recallJob(context.home, chain.chainId, jobId)?.names ?? [];
  const executor = createExecutor();
  try {
    const job = await chain.job(jobId);
    const check = async () =>
      createLeafCheck(job, await chain.moduleCode(job.spec.moduleId), blobsAt(job.spec.locators), executor);
    const collected = await collectJob(
      jobId,
      account,
      { chain, blobsAt },
      {
        ...(verify > 0 && { verify: { rate: verify, check: await check() } }),
        passive,
        signal,
        onOutput: async (unit, output) => directory?.putOutput(names[unit] ?? String(unit), output),
        onEvent: (event) => report(event, context),
      },
    );
    out.statusDone();
    await directory?.putManifest(manifestOf(collected, names));
    return collected;
  } finally {
    await executor.close();
  }
}

function report(event: CollectEvent, { out }: Context): void {
  if (event.event === 'progress') {
    out.status(progressLine(event.job, event.unitsOpened, event.unitsDone));
    return;
  }
  const news = newsOf(event);
  if (news !== undefined) out.progress(news);
}

function newsOf(event: Exclude<CollectEvent, { event: 'progress' }>): string | undefined {
  switch (event.event) {
    case 'unreadable':
      return event.error.message;
    case 'demanded':
      return `batch ${event.batch}: demanded the output of unit ${event.unit} on chain`;
    case 'wrong':
      return `batch ${event.batch}: unit ${event.unit} gives another result here, so it is not accepted`;
    case 'accepted':
      return undefined;
  }
}
