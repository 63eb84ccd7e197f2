import { createHash } from 'node:crypto';
import type { ChainClient } from '@dmcn/chain-client';
import {
  gasWithin,
  isTimeZone,
  parseSchedule,
  promisedRate,
  type Schedule,
  ScheduleError,
  secondsPerBlock,
} from '@dmcn/worker';
import { UsageError } from '../errors.js';
import { programOf } from '../job/module-of.js';

/** The flags by which the owner of a machine says what it does. */
export interface LimitFlags {
  readonly rate: bigint;
  readonly module?: readonly string[];
  readonly longestUnit?: number;
  readonly maxGasLimit?: bigint;
  readonly cpu: number;
  readonly schedule?: string;
  readonly timeZone?: string;
}

/** What a worker may do on this machine, compiled once. */
export interface WorkerLimits {
  /** Ids of the modules that it runs, sorted; every module where there is none. */
  readonly modules: readonly Uint8Array[];
  /** What it can do with a whole core, in gas a block. */
  readonly rate: bigint;
  /** Percent of one core. */
  readonly cpu: number;
  /** Longest unit in seconds; no limit where absent. */
  readonly longestUnit?: number;
  /** Largest gas limit of a unit; 0 means any. */
  readonly maxGasLimit: bigint;
  readonly schedule?: Schedule;
}

/** What the limits say to the chain. */
export interface LimitTerms {
  readonly modules: readonly Uint8Array[];
  readonly rate: bigint;
  readonly maxGasLimit: bigint;
}

const MOST_MODULES = 16;

/** Reads what the flags say about this machine. @throws UsageError naming the flag */
export async function compileLimits(flags: LimitFlags): Promise<WorkerLimits> {
  const { longestUnit, maxGasLimit = 0n, cpu, rate } = flags;
  if (longestUnit !== undefined && flags.maxGasLimit !== undefined) {
    throw new UsageError('--longest-unit and --max-gas-limit limit the same thing: give one of them');
  }
  const schedule = scheduleOf(flags);
  return {
    modules: await modulesOf(flags.module ?? []),
    rate,
    cpu,
    ...(longestUnit !== undefined && { longestUnit }),
    maxGasLimit,
    ...(schedule && { schedule }),
  };
}

/** Turns limits into a worker's terms, by the pace of the chain. @throws UsageError for a rate below what the chain takes */
export async function termsOf(limits: WorkerLimits, chain: ChainClient): Promise<LimitTerms> {
  const { modules, longestUnit, cpu } = limits;
  const rate = promisedRate(limits.rate, cpu / 100);
  const { minRate } = await chain.workerParams();
  if (rate < minRate) {
    throw new UsageError(
      `--rate ${limits.rate} at --cpu ${cpu} promises ${rate} gas a block, and the chain takes ${minRate} or more: raise one of them`,
    );
  }
  const maxGasLimit =
    longestUnit === undefined
      ? limits.maxGasLimit
      : gasWithin(longestUnit, rate, await secondsPerBlock(chain));
  return { modules, rate, maxGasLimit };
}

async function modulesOf(named: readonly string[]): Promise<Uint8Array[]> {
  const ids = await Promise.all(
    named.map(async (module) => {
      const program = await programOf(module);
      return 'id' in program ? hexOf(program.id) : createHash('sha256').update(program.code).digest('hex');
    }),
  );
  const distinct = [...new Set(ids)].sort();
  if (distinct.length > MOST_MODULES) {
    throw new UsageError(`--module names ${distinct.length} modules, and the chain takes ${MOST_MODULES}`);
  }
  return distinct.map((id) => Buffer.from(id, 'hex'));
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function scheduleOf({ schedule, timeZone }: LimitFlags): Schedule | undefined {
  if (timeZone !== undefined && schedule === undefined) {
    throw new UsageError('--time-zone is for a --schedule: give one');
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new UsageError(`--time-zone ${timeZone} is no time zone: give a name such as Europe/Berlin or UTC`);
  }
  if (schedule === undefined) return undefined;
  try {
    return parseSchedule(schedule, timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    throw new UsageError(`--schedule: ${error.message}`, { cause: error });
  }
}
