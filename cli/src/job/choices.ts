import type { JobChoices } from '@dmcn/requester';
import { type Command, InvalidArgumentError } from 'commander';
import type { GlobalOptions } from '../context.js';
import { parse } from '../options.js';

const MIB = 1024n * 1024n;
const AUDIT_BPS: Readonly<Record<string, number>> = { '0.2': 2_000, '0.5': 5_000, '1': 10_000 };

/** Options that describe a job, as commander reads them. */
export interface JobFlags extends GlobalOptions {
  readonly module: string;
  readonly inputDir?: string;
  readonly input?: string;
  readonly linesPerUnit?: number;
  readonly args: readonly string[];
  readonly gasLimit?: bigint;
  readonly memory?: number;
  readonly batchSize?: number;
  readonly maxPrice?: bigint;
  readonly maxTotal?: bigint;
  readonly deadline?: number;
  readonly auditRate?: number;
  readonly auditors?: number;
  readonly samples?: number;
  readonly feature?: readonly string[];
  readonly mode: 'public' | 'sealed';
  readonly blobs?: readonly string[];
}

/** Adds the options that describe a job to a verb. */
export function withJobFlags(command: Command): Command {
  return command
    .requiredOption('--module <id-or-file>', 'id of a module on chain, or a file that is published first')
    .option('--input-dir <dir>', 'every file of it is one unit, in the order of their names')
    .option('--input <file>', 'one file that is cut into units, with --lines-per-unit')
    .option('--lines-per-unit <n>', 'lines of a unit', parse.integer(1, 1_000_000_000))
    .option('--args <arg...>', 'arguments after argv[0]', [])
    .option('--gas-limit <gas>', 'most gas of a unit (default: 2e9)', parse.amount)
    .option('--memory <mib>', 'memory of a unit in MiB (default: 64)', parse.integer(1, 512))
    .option('--batch-size <n>', 'units of a batch (default: 32)', parse.integer(1, 64))
    .option('--max-price <udmc>', 'highest price per 10^9 gas (default: 2000)', parse.amount)
    .option(
      '--max-total <amount>',
      'the most that the job may cost: escrow, deposit of a module and fees',
      parse.money,
    )
    .option('--deadline <blocks>', 'blocks until what nobody took ends', parse.integer(1, 100_000_000))
    .option('--audit-rate <p>', 'probability of an audit of a batch: 0.2, 0.5 or 1 (default: 0.2)', auditRate)
    .option('--auditors <j>', 'auditors of an audited batch (default: 1)', parse.integer(1, 3))
    .option('--samples <k>', 'units that an auditor re-executes (default: 2)', parse.integer(1, 64))
    .option('--feature <name>', 'a feature that workers must have, may be repeated', parse.each(String))
    .option('--mode <mode>', 'who can read the inputs', mode, 'public')
    .option('--blobs <url>', 'blob store for the inputs, may be repeated', parse.each(parse.url));
}

/** The flags as the requester's package takes them. */
export function choicesOf(flags: JobFlags): JobChoices {
  const given = {
    gasLimit: flags.gasLimit,
    memoryLimit: flags.memory === undefined ? undefined : BigInt(flags.memory) * MIB,
    batchSize: flags.batchSize,
    maxPrice: flags.maxPrice,
    deadlineBlocks: flags.deadline,
    auditBps: flags.auditRate,
    auditors: flags.auditors,
    samples: flags.samples,
    features: flags.feature,
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { args: flags.args, mode: flags.mode, ...set };
}

function auditRate(text: string): number {
  const bps = AUDIT_BPS[text];
  if (bps === undefined) throw new InvalidArgumentError('give 0.2, 0.5 or 1.');
  return bps;
}

function mode(text: string): 'public' | 'sealed' {
  if (text === 'public' || text === 'sealed') return text;
  throw new InvalidArgumentError('give public or sealed.');
}
