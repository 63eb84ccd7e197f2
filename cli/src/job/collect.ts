import {
  type CollectEvent,
  type Collected,
  collectJob,
  createUnitRun,
  HistoryGoneError,
  type Manifest,
  manifestOf,
  ReceiptError,
} from '@dmcn/requester';
import { createExecutor } from '@dmcn/runtime/node';
import type { Account, Context } from '../context.js';
import { describe } from '../errors.js';
import { recallJob } from '../job-home.js';
import type { OutputDirectory } from '../output-directory.js';
import { createTxJournal } from '../tx-journal.js';
import { progressLine } from './progress.js';
import { readReceipt } from './receipt.js';

export interface CollectFlags {
  /** Share of each batch's units to run here before the batch is accepted, 0 to 1. */
  readonly verify?: number;
}

/** A finished job with its manifest. */
export interface Results extends Collected {
  readonly manifest: Manifest;
}

/** Follows a job to its end and writes its outputs and manifest, if there is a directory for them. */
export async function collect(
  jobId: bigint,
  directory: OutputDirectory | undefined,
  { verify = 0 }: CollectFlags,
  account: Account,
  context: Context,
): Promise<Results> {
  const chain = await context.chain();
  const { out, signal, blobsAt } = context;
  const names = recallJob(context.home, chain.chainId, jobId)?.names ?? [];
  const nameOf = (unit: number) => names[unit] ?? String(unit);
  const executor = createExecutor();
  try {
    const unitRun = async () => {
      const job = await chain.job(jobId);
      const module = await chain.moduleCode(job.spec.moduleId);
      return createUnitRun(job, module, blobsAt(job.spec.locators), executor);
    };
    const collected = await collectJob(
      jobId,
      account,
      { chain, blobsAt, journal: createTxJournal(context.home, chain.chainId) },
      {
        ...(verify > 0 && { verify: { rate: verify, run: await unitRun() } }),
        signal,
        onOutput: async (unit, output) => directory?.putOutput(nameOf(unit), output),
        ...(directory && { hasOutput: (unit, hash) => directory.hasOutput(nameOf(unit), hash) }),
        onEvent: (event) => report(event, context),
      },
    );
    out.statusDone();
    // what was fetched before its batches were pruned stands
    const kept = collected.pruned.length > 0 ? await directory?.manifest() : undefined;
    const manifest = kept ?? manifestOf(collected, names);
    const pruned = collected.pruned.filter((unit) => manifest.units[unit]?.pruned);
    await directory?.putManifest(manifest);
    if (directory) await keepReceipt(jobId, directory, context);
    return { ...collected, pruned, manifest };
  } finally {
    await executor.close();
  }
}

/** The results are whole without a receipt, so what keeps it from being made is only told. */
async function keepReceipt(jobId: bigint, directory: OutputDirectory, context: Context): Promise<void> {
  try {
    await directory.putReceipt(await readReceipt(jobId, context));
  } catch (error) {
    if (!(error instanceof ReceiptError || error instanceof HistoryGoneError)) throw error;
    context.out.progress(`there is no receipt: ${describe(error)}`);
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
      return event.error.retryable ? `${event.error.message}; trying again` : event.error.message;
    case 'unreachable':
      return `${describe(event.error)}; this goes on by itself when one does`;
    case 'reachable':
      return 'the chain answers again';
    case 'demanded':
      return `batch ${event.batch}: demanded the output of unit ${event.unit} on chain`;
    case 'wrong':
      return `batch ${event.batch}: unit ${event.unit} gives another result here, so it is not accepted`;
    case 'challenged':
      return `batch ${event.batch}: challenged unit ${event.unit}; the referees decide about it`;
    case 'tooLate':
      return `batch ${event.batch}: unit ${event.unit} gives another result here, and the time to challenge it is over: do not use it; a requester that is busy at the time can buy audits instead (--audit-rate 1)`;
    case 'accepted':
      return undefined;
  }
}
