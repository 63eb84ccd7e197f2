import { formatDmc } from '@dmcn/protocol';
import type { Command } from 'commander';
import { bigintOption, parse } from '../options.js';
import { type MakeContext, noun, verb } from '../verb.js';
import { openWorkerHome } from '../worker/home.js';
import { showStatus, showWhy } from '../worker/looks.js';
import { pauseWorker, resumeWorker } from '../worker/pause.js';
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
  withWorkerFlags(
    verb(worker, 'start', 'makes a key, registers, bonds and works until it is interrupted', example),
  ).action((flags: WorkerFlags) => startWorker(flags, makeContext(flags)));
}

/** Adds the options of a worker's terms and limits to a verb. */
export function withWorkerFlags(command: Command): Command {
  return command
    .addOption(bigintOption('--ask <udmc>', 'price per 10^9 gas', parse.amount, 1_000n))
    .addOption(
      bigintOption(
        '--rate <gas>',
        'speed of a whole core in gas a block; --cpu of it is promised',
        parse.amount,
        100_000_000n,
      ),
    )
    .option('--memory <mib>', 'largest memory of a unit in MiB', parse.integer(1, 512), 512)
    .option('--feature <name>', 'a feature that it has, may be repeated', parse.each(String))
    .option('--bond <amount>', 'bond of a new worker (default: 50 DMC, or what the account has)', parse.money)
    .option(
      '--blobs <url>',
      "store for its outputs (default: the job's), may be repeated",
      parse.each(parse.url),
    )
    .option(
      '--module <id-or-file>',
      'a module that it runs, may be repeated (default: every module)',
      parse.each(String),
    )
    .option(
      '--longest-unit <duration>',
      'longest unit at the speed that it promises, as in 90s or 1h30m',
      parse.seconds,
    )
    .option('--max-gas-limit <gas>', 'largest gas limit of a unit, instead of --longest-unit', parse.positive)
    .option('--cpu <percent>', 'share of one core that it uses', parse.integer(1, 100), 100)
    .option('--schedule <spec>', 'when it takes work, as in "Mon-Fri 22:00-07:00,Sat-Sun" (default: always)')
    .option('--time-zone <name>', "of the schedule, as in Europe/Berlin (default: this machine's)")
    .option('--faucet <url>', 'where a devnet gives coins away (default: beside the node)', parse.url);
}

function addLooks(worker: Command, makeContext: MakeContext): void {
  verb(worker, 'status', 'shows the worker as the chain has it', 'dmcn worker status').action((flags) =>
    showStatus(makeContext(flags)),
  );
  verb(worker, 'why', 'names the rules that keep the worker idle', 'dmcn worker why').action((flags) =>
    showWhy(makeContext(flags)),
  );
}

function addChanges(worker: Command, makeContext: MakeContext): void {
  verb(
    worker,
    'pause',
    'takes the worker out of the draw; what it holds runs on',
    'dmcn worker pause',
  ).action((flags) => pauseWorker(makeContext(flags)));
  verb(worker, 'resume', 'puts a paused or set-aside worker back into the draw', 'dmcn worker resume').action(
    (flags) => resumeWorker(makeContext(flags)),
  );

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
