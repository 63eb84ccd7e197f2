import type { Batch, Job, LeaseId } from '@dmcn/chain-client';
import { GivenUpError } from '@dmcn/chain-client/acting';
import { UnitAbandonedError } from '@dmcn/runtime';
import { computeBatch } from '../compute.js';
import type { PreparedCommit } from '../journal/batch-notes.js';
import { InputMissingError } from '../task-source.js';
import { prepareCommit } from './prepare-commit.js';
import { sendOnce, type Work } from './work.js';

/**
 * Does a leased batch: fetches, runs, uploads, commits, going on where the journal says that it was left. An input that
 * cannot be had is reported instead. Does nothing where the lease is over.
 * @throws GivenUpError where this machine cannot finish a unit
 */
export async function workBatch(lease: LeaseId, work: Work): Promise<void> {
  const prepared = await work.batches.next(() => computed(lease, work));
  if (prepared === undefined) return;
  const { body, bundle } = prepared;
  work.show({ state: 'uploading', lease });
  await work.ports.blobsAt(body.locators).put(bundle, { signal: work.signal });
  work.show({ state: 'committing', lease });
  await sendOnce(work, 'commit', lease, { type: 'commit', ...lease, ...body });
  work.tell({ notice: 'committed', lease });
}

/** The finished commit of a lease, from the journal or computed now; undefined where there is nothing to commit. */
async function computed(lease: LeaseId, work: Work): Promise<PreparedCommit | undefined> {
  const { notes, ports, signal } = work;
  signal.throwIfAborted();
  const [job, batch] = await Promise.all([ports.chain.job(lease.jobId), ports.chain.batch(lease)]);
  if (batch.state !== 'Leased' || batch.epoch !== lease.epoch) return undefined;
  const kept = await notes.commit(lease, job);
  if (kept !== undefined) return kept;
  try {
    const prepared = await compute(lease, job, batch, work);
    await notes.keepCommit(lease, job, prepared);
    return prepared;
  } catch (error) {
    if (error instanceof InputMissingError && isMissing(error, batch, work.height())) {
      await report(error, lease, work);
      return undefined;
    }
    if (error instanceof UnitAbandonedError && !signal.aborted) {
      throw new GivenUpError(
        `it gave the batch up, which goes to another worker after height ${batch.deadline}: ${error.message}`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function compute(lease: LeaseId, job: Job, batch: Batch, work: Work): Promise<PreparedCommit> {
  const { notes, ports, options, signal, units } = work;
  work.show({ state: 'fetching', lease });
  const executor = {
    run: (request: Parameters<typeof ports.executor.run>[0]) => units.next(() => ports.executor.run(request)),
  };
  const results = await computeBatch(job, batch, work.source, executor, {
    attempts: options.attempts,
    signal,
    known: await notes.results(lease, job),
    onWorking: (done) => work.show({ state: 'working', lease, done, units: batch.units }),
    onResult: (position, result) => notes.keepResult(lease, job, position, result),
  });
  const [drawn, chosen] = await Promise.all([
    work.drawnOpeners(batch.lease?.openers ?? []),
    work.chooseOpeners(),
  ]);
  return prepareCommit(lease, job, results, { drawn, chosen }, work);
}

/**
 * Whether an input counts as missing. A store that has lost it says so at once; one that is out of reach may come back, so it
 * has half of the lease for that.
 */
function isMissing({ mayComeBack }: InputMissingError, { lease, deadline }: Batch, height: number): boolean {
  return !mayComeBack || height >= ((lease?.drawnHeight ?? 0) + deadline) / 2;
}

async function report(error: InputMissingError, lease: LeaseId, work: Work): Promise<void> {
  work.tell({ notice: 'failed', lease, doing: 'fetching inputs', error });
  work.show({ state: 'reporting', lease });
  await sendOnce(work, 'report', lease, { type: 'reportMissingInput', ...lease, unit: error.unit });
  work.tell({ notice: 'reported', lease });
}
