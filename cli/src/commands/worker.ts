import { everyPage } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';
import { whyIdle } from '@dmcn/worker';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { bigintOption, parse } from '../options.js';
import { type MakeContext, noun, verb } from '../verb.js';
import { openWorkerHome } from '../worker/home.js';
import type { WorkerFlags } from '../worker/register.js';
import { startWorker } from '../worker/start.js';

export function addWorker(program: Command, makeContext: MakeContext): void {
  const worker = noun(program, 'worker', 'sells the computing power of this machine');
  addStart(worker, makeContext);
  addLooks(worker, makeContext);
  addChanges(worker, makeContext);
}

function addStart(worker: Command, makeContext: MakeContext): void {
  const example = 'dmcn worker start --node http://127.0.0.1:26657';
  verb(worker, 'start', 'makes a key, registers, bonds and works until it is interrupted', example)
    .addOption(bigintOption('--ask <udmc>', 'price per 10^9 gas', parse.amount, 1_000n))
    .addOption(
      bigintOption('--rate <gas>', 'speed in gas a block that it promises', parse.amount, 100_000_000n),
    )
    .option('--memory <mib>', 'largest memory of a unit in MiB', parse.integer(1, 512), 512)
    .option('--feature <name>', 'a feature that it has, may be repeated', parse.each(String))
    .option('--bond <amount>', 'bond of a new worker (default: 50 DMC, or what the account has)', parse.money)
    .option(
      '--blobs <url>',
      "store for its outputs (default: the job's), may be repeated",
      parse.each(parse.url),
    )
    .option('--faucet <url>', 'where a devnet gives coins away (default: beside the node)', parse.url)
    .action((flags: WorkerFlags) => startWorker(flags, makeContext(flags)));
}

function addLooks(worker: Command, makeContext: MakeContext): void {
  verb(worker, 'status', 'shows the worker as the chain has it', 'dmcn worker status').action(
    async (flags) => {
      const context = makeContext(flags);
      const chain = await context.chain();
      const { worker: record, reputation, lapses } = await chain.worker(await ownerOf(context));
      const [batches, balance] = await Promise.all([
        everyPage((page) => chain.workerBatches({ ...page, worker: record.owner })),
        chain.balance(record.owner),
      ]);
      context.out.result({ ...record, reputation, lapses, batches, balance }, () =>
        [
          `${record.owner}: ${record.status}, reputation ${reputation}, ${record.batchesFinal} batches done`,
          `bond ${formatDmc(record.bond)} DMC, ${formatDmc(record.locked)} of it locked; balance ${formatDmc(balance)} DMC`,
          `asks ${record.ask} udmc per 10^9 gas; holds ${batches.length} batches`,
          ...batches.map(
            ({ jobId, index, state, deadline }) =>
              `  job ${jobId} batch ${index}: ${state} until ${deadline}`,
          ),
        ].join('\n'),
      );
    },
  );

  verb(worker, 'why', 'names the rules that keep the worker idle', 'dmcn worker why').action(
    async (flags) => {
      const context = makeContext(flags);
      const chain = await context.chain();
      const [{ worker: record }, params] = await Promise.all([
        chain.worker(await ownerOf(context)),
        chain.workerParams(),
      ]);
      const jobs = await everyPage((page) => chain.jobs(page));
      const idleness = whyIdle(record, params, jobs);
      context.out.result(idleness, () => {
        const lines = [
          ...idleness.worker,
          ...idleness.jobs.map(({ jobId, reason }) => `job ${jobId}: ${reason}`),
        ];
        return lines.length > 0 ? lines.join('\n') : 'nothing keeps it idle: it is in the draw';
      });
    },
  );
}

function addChanges(worker: Command, makeContext: MakeContext): void {
  for (const [name, description] of [
    ['pause', 'takes the worker out of the draw; what it holds runs on'],
    ['resume', 'puts a paused or set-aside worker back into the draw'],
  ] as const) {
    verb(worker, name, description, `dmcn worker ${name}`).action(async (flags) => {
      const context = makeContext(flags);
      const chain = await context.chain();
      const { owner } = await openWorkerHome(context, chain.chainId);
      const action = name === 'pause' ? chain.pauseWorker : chain.resumeWorker;
      const { hash, height } = await action({ owner: owner.signer.address }, { signer: owner.signer });
      context.out.result({ hash, height }, () => `${name}d at height ${height}`);
    });
  }

  for (const [name, description] of [
    ['bond', 'adds to the bond'],
    ['withdraw', 'takes bond that is not locked back'],
  ] as const) {
    verb(worker, `${name} <amount>`, description, `dmcn worker ${name} 5dmc`).action(
      async (text: string, flags) => {
        const amount = parse.money(text);
        const context = makeContext(flags);
        const chain = await context.chain();
        const { owner } = await openWorkerHome(context, chain.chainId);
        const { hash, height } = await chain[name](
          { amount },
          { signer: owner.signer, signal: context.signal },
        );
        const { worker: record } = await chain.worker(owner.signer.address);
        context.out.result(
          { hash, height, bond: record.bond, locked: record.locked },
          () => `bond ${formatDmc(record.bond)} DMC, ${formatDmc(record.locked)} of it locked`,
        );
      },
    );
  }
}

async function ownerOf(context: Context): Promise<string> {
  const { owner } = await openWorkerHome(context, (await context.chain()).chainId);
  return owner.signer.address;
}
