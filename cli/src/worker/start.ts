import type { ChainClient } from '@dmcn/chain-client';
import { type Journal, patiently, Sender } from '@dmcn/chain-client/acting';
import { openFileJournal } from '@dmcn/chain-client/node';
import { createExecutor } from '@dmcn/runtime/node';
import { recover, runWorker, WORKER_DEFAULTS } from '@dmcn/worker';
import type { Context } from '../context.js';
import { journalIn } from './at-home.js';
import { openWorkerHome, type WorkerHome } from './home.js';
import { compileLimits, type WorkerLimits } from './limits.js';
import { readMarket } from './market.js';
import { register, type WorkerFlags } from './register.js';
import { createReporter, describeFindings, type Reporter } from './report.js';
import { keepShift } from './shift.js';

/** A worker was told to end before it began to work. */
class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
  constructor(cause: unknown) {
    super(
      'interrupted before it worked; a worker that was in the draw before still is: "dmcn worker pause"',
      {
        cause,
      },
    );
  }
}

/**
 * Works until it is told to end, from where the journal of its home says that the last one was. Once registered it leads
 * the life of a worker, or another one.
 */
export async function startWorker(
  flags: WorkerFlags,
  context: Context,
  life: typeof runWorker = runWorker,
): Promise<void> {
  const limits = await compileLimits(flags);
  const journal = await openFileJournal(journalIn(context.home));
  try {
    const chain = await context.chain();
    const home = await openWorkerHome(context, chain.chainId);
    const reporter = createReporter(home, context.out, limits);
    try {
      await prepare(flags, home, context, { chain, journal, reporter, limits });
    } catch (error) {
      reporter.state({ state: 'stopped' });
      throw context.signal.aborted ? new NotStartedError(error) : error;
    }
    if (context.isGraphqlNamed) void tellMarket(flags, home, context);
    await work(life, flags, home, context, { chain, journal, reporter, limits });
  } finally {
    await journal.close();
  }
}

/** Tells what waits for a worker at its price. Its life does not depend on that. */
async function tellMarket({ ask }: WorkerFlags, { owner }: WorkerHome, context: Context): Promise<void> {
  try {
    context.out.progress((await readMarket(context, owner.signer.address, ask)).line);
  } catch {
    // whatever is wrong with the chain is told by the worker's life
  }
}

interface Parts {
  readonly chain: ChainClient;
  readonly journal: Journal;
  readonly reporter: Reporter;
  readonly limits: WorkerLimits;
}

/** Settles what the journal has under way, then registers. */
async function prepare(
  flags: WorkerFlags,
  home: WorkerHome,
  context: Context,
  { chain, journal, reporter, limits }: Parts,
): Promise<void> {
  const { signal } = context;
  const sender = new Sender(chain, journal);
  reporter.state({ state: 'settling' });
  const findings = describeFindings(await recover(sender, journal, signal));
  if (findings) context.out.progress(findings);
  reporter.state({ state: 'registering' });
  await patiently(() => register(flags, home, context, sender, limits), reporter.notice, signal);
}

async function work(
  life: typeof runWorker,
  flags: WorkerFlags,
  home: WorkerHome,
  context: Context,
  { chain, journal, reporter, limits }: Parts,
): Promise<void> {
  const { owner, operator, pauseNote: note } = home;
  const identity = { owner: owner.signer.address, operator: operator.signer, encryption: owner.encryption };
  const executor = createExecutor({ cpuShare: limits.cpu / 100 });
  const ended = new AbortController();
  const drain = new AbortController();
  const until = AbortSignal.any([context.signal, ended.signal]);
  const shift = keepShift(limits.schedule, identity, { chain, note, reporter }, until).finally(() =>
    drain.abort(context.signal.reason),
  );
  try {
    await life(
      identity,
      { chain, executor, journal, blobsAt: context.blobsFor(operator.signer) },
      { ...WORKER_DEFAULTS, ...(flags.blobs && { outputLocators: flags.blobs }) },
      {
        onState: reporter.state,
        onNotice: reporter.notice,
        drain: drain.signal,
        stop: context.force,
      },
    );
  } finally {
    ended.abort();
    await shift;
    await executor.close();
    chain.close();
  }
}
