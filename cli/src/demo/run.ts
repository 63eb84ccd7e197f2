import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashBlob } from '@dmcn/blob-store';
import type { ChainClient } from '@dmcn/chain-client';
import { type Devnet, devnetDown, devnetUp, freePortOffset } from '@dmcn/devnet';
import { digitsAccuracy, digitsInputs, digitsLabels, moduleBytes } from '@dmcn/modules';
import { equalBytes } from '@dmcn/protocol';
import {
  type Collected,
  collectJob,
  JOB_DEFAULTS,
  type JobInput,
  prepareInputs,
  publishModule,
  submitJob,
} from '@dmcn/requester';
import { createExecutor } from '@dmcn/runtime/node';
import { type Account, type Context, createContext } from '../context.js';
import { devnetAccounts, devnetReferees, writeDevnetHome } from '../devnet/home.js';
import { dmcnCommand, dmcndPath } from '../devnet/programs.js';
import { progressLine } from '../job/progress.js';
import type { Output } from '../output.js';
import type { EndSignals } from '../signals.js';
import { type Payment, paymentsOf } from './payments.js';
import type { DemoDocument, DemoResult } from './report.js';

const JOB = { units: 48, imagesPerUnit: 32 };
const BATCH_SIZE = 3;
const WORKERS = 3;
const LIMITS = { gasLimit: JOB_DEFAULTS.gasLimit, memoryLimit: Number(JOB_DEFAULTS.memoryLimit) };

export interface DemoOptions {
  /** Leaves the network running. */
  readonly keep: boolean;
  readonly out: Output;
  readonly signals: EndSignals;
}

/** Starts a network, runs the digits job, runs every unit here too, and compares. */
export async function runDemo({ keep, out, signals }: DemoOptions): Promise<DemoResult> {
  const { end: signal } = signals;
  const kept = fileURLToPath(new URL('../../../build/demo', import.meta.url));
  const home = keep ? kept : await mkdtemp(join(tmpdir(), 'dmcn-demo-'));
  if (keep) await devnetDown(home);
  const devnet = await startNetwork(home, out, signal);
  try {
    const context = createContext({ home }, process.env, signals);
    const result = await runJob(context, devnet, out);
    return keep ? { ...result, home } : result;
  } finally {
    if (!keep || signal.aborted) {
      out.progress('stopping the network');
      await devnet.stop();
      await rm(home, { recursive: true, force: true });
    }
  }
}

async function startNetwork(home: string, out: Output, signal: AbortSignal): Promise<Devnet> {
  const parts = { validators: 1, workers: WORKERS, indexers: 1, cheaters: [] };
  const options = {
    home,
    ...parts,
    fresh: true,
    portOffset: await freePortOffset(parts),
    blockTime: '1s',
    dmcnd: dmcndPath(),
    dmcn: dmcnCommand(),
  };
  const devnet = await devnetUp(options, {
    accounts: () => devnetAccounts(home),
    referees: () => devnetReferees(home, parts.validators),
    progress: out.progress,
    signal,
  });
  writeDevnetHome(home, devnet.state);
  return devnet;
}

async function runJob(context: Context, { state }: Devnet, out: Output): Promise<DemoResult> {
  const { signal } = context;
  const [chain, account, code] = await Promise.all([
    context.chain(),
    context.account(),
    moduleBytes('digits'),
  ]);
  const inputs = digitsInputs(JOB);
  const started = performance.now();
  const { moduleId } = await publishModule({ chain }, code, {
    name: 'digits',
    royaltyBps: 0,
    signer: account.signer,
    signal,
  });
  const { jobId } = await submitJob(
    {
      module: { id: moduleId },
      inputs: prepareInputs(inputs),
      choices: { batchSize: BATCH_SIZE },
      locators: state.blobs,
    },
    account,
    { chain, blobsAt: context.blobsFor(account.signer) },
    { signal },
  );
  out.progress(
    `job ${jobId}: ${JOB.units} units of ${JOB.imagesPerUnit} images, in batches of ${BATCH_SIZE}`,
  );
  const { outputs, collected } = await collectOutputs(jobId, chain, account, context);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const mismatches = await compareWithLocal(code, inputs, outputs, collected, out, signal);

  const { job, outcomes } = collected;
  const graphql = state.graphql[0] ?? '';
  const payments = await paymentsOf(graphql, jobId, job.settledHeight, signal);
  const document: DemoDocument = {
    jobId: String(jobId),
    units: JOB.units,
    images: JOB.units * JOB.imagesPerUnit,
    accuracy: digitsAccuracy(outputs, digitsLabels(JOB)),
    mismatches,
    gas: String(outcomes.reduce((sum, { leaf }) => sum + (leaf?.gas ?? 0n), 0n)),
    seconds,
    paid: String(job.paid),
    audits: String(job.audits),
    refunded: String(job.refunded),
    fee: String(job.fees),
    workers: earningsOf(payments),
    graphql,
  };
  chain.close();
  return { document, payments, heights: [job.submittedHeight, job.settledHeight], batches: job.batches };
}

async function collectOutputs(jobId: bigint, chain: ChainClient, account: Account, context: Context) {
  const outputs: Uint8Array[] = [];
  const collected = await collectJob(
    jobId,
    account,
    { chain, blobsAt: context.blobsAt },
    {
      signal: context.signal,
      onOutput: async (unit, output) => {
        outputs[unit] = output;
      },
      onEvent: (event) => {
        if (event.event !== 'progress') return;
        context.out.status(progressLine(event.job, event.unitsOpened, event.unitsDone));
      },
    },
  );
  context.out.statusDone();
  if (collected.job.state !== 'Settled' || collected.missing.length > 0) {
    throw new Error(
      `job ${jobId} ended as ${collected.job.state} with ${collected.missing.length} outputs missing; see the logs of the network`,
    );
  }
  return { outputs, collected };
}

/** Runs every unit on this machine and counts those whose output, gas or status differs. */
async function compareWithLocal(
  module: Uint8Array,
  inputs: readonly JobInput[],
  outputs: readonly Uint8Array[],
  { outcomes }: Collected,
  out: Output,
  signal: AbortSignal,
): Promise<number> {
  const executor = createExecutor();
  let mismatches = 0;
  try {
    for (const [unit, { bytes }] of inputs.entries()) {
      const own = await executor.run({ module, input: bytes, unit, args: [], ...LIMITS, signal });
      const leaf = outcomes[unit]?.leaf;
      const same =
        leaf !== undefined &&
        leaf.gas === own.gas &&
        leaf.status === own.statusCode &&
        equalBytes(leaf.outputHash, hashBlob(own.output)) &&
        equalBytes(outputs[unit] ?? new Uint8Array(), own.output);
      if (!same) mismatches += 1;
      out.status(`comparing with this machine: ${unit + 1}/${inputs.length} units, ${mismatches} differ`);
    }
  } finally {
    out.statusDone();
    await executor.close();
  }
  return mismatches;
}

function earningsOf(payments: readonly Payment[]): DemoDocument['workers'] {
  const byWorker = new Map<string, { units: number; earned: bigint }>();
  for (const { owner, unitCount, pay } of payments) {
    const before = byWorker.get(owner) ?? { units: 0, earned: 0n };
    byWorker.set(owner, { units: before.units + unitCount, earned: before.earned + BigInt(pay) });
  }
  return [...byWorker].map(([address, { units, earned }]) => ({ address, units, earned: String(earned) }));
}
