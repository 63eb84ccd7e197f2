import { join } from 'node:path';
import type { ChainClient } from '@dmcn/chain-client';
import { createExecutor } from '@dmcn/runtime/node';
import { type Journal, patiently, recover, runWorker, Sender, WORKER_DEFAULTS } from '@dmcn/worker';
import { openFileJournal } from '@dmcn/worker/node';
import type { Context } from '../context.js';
import { openWorkerHome, type WorkerHome } from './home.js';
import { register, type WorkerFlags } from './register.js';
import { createReporter, describeFindings, type Reporter } from './report.js';

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

/** Works until it is told to end, from where the journal of its home says that the last one was. */
export async function startWorker(flags: WorkerFlags, context: Context): Promise<void> {
  const journal = await openFileJournal(join(context.home, 'journal'));
  try {
    const chain = await context.chain();
    const home = await openWorkerHome(context, chain.chainId);
    const reporter = createReporter(home, context.out);
    try {
      await prepare(flags, home, context, { chain, journal, reporter });
    } catch (error) {
      reporter.state({ state: 'stopped' });
      throw context.signal.aborted ? new NotStartedError(error) : error;
    }
    await work(flags, home, context, { chain, journal, reporter });
  } finally {
    await journal.close();
  }
}

interface Parts {
  readonly chain: ChainClient;
  readonly journal: Journal;
  readonly reporter: Reporter;
}

/** Settles what the journal has under way, then registers. */
async function prepare(
  flags: WorkerFlags,
  home: WorkerHome,
  context: Context,
  { chain, journal, reporter }: Parts,
): Promise<void> {
  const { signal } = context;
  const sender = new Sender(chain, journal);
  reporter.state({ state: 'settling' });
  const findings = describeFindings(await recover(sender, journal, signal));
  if (findings) context.out.progress(findings);
  reporter.state({ state: 'registering' });
  await patiently(() => register(flags, home, context, sender), reporter.notice, signal);
}

async function work(
  flags: WorkerFlags,
  home: WorkerHome,
  context: Context,
  { chain, journal, reporter }: Parts,
): Promise<void> {
  const { owner, operator } = home;
  const executor = createExecutor();
  try {
    await runWorker(
      { owner: owner.signer.address, operator: operator.signer, encryption: owner.encryption },
      { chain, executor, journal, blobsAt: context.blobsFor(operator.signer) },
      { ...WORKER_DEFAULTS, ...(flags.blobs && { outputLocators: flags.blobs }) },
      {
        onState: reporter.state,
        onNotice: reporter.notice,
        drain: context.signal,
        stop: context.force,
      },
    );
  } finally {
    await executor.close();
    chain.close();
  }
}
