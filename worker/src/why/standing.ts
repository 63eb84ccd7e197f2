import {
  type ChainReader,
  everyPage,
  type FeeAllowance,
  found,
  type JobDraw,
  type Seed,
  type Udmc,
  type WorkerParams,
  type WorkerRecord,
} from '@dmcn/chain-client';
import type { PausedBy, Shift } from '../schedule/keep-schedule.js';

/** What only the worker's own machine knows. */
export interface AtHome {
  /** Whether a process of this worker runs here. */
  readonly running: boolean;
  readonly pausedBy: PausedBy;
  /** Where its schedule stands; absent without one. */
  readonly shift?: Shift | undefined;
}

/** Who pays for what the operator sends. */
export interface Fees {
  readonly operator: string;
  /** Of the owner, who pays. */
  readonly balance: Udmc;
  /** What the operator may still let it pay; undefined where it may not at all. */
  readonly allowance: FeeAllowance | undefined;
}

/** All that decides whether a worker gets offers. */
export interface Standing {
  /** Undefined for a worker that is not registered. */
  readonly record: WorkerRecord | undefined;
  readonly params: WorkerParams;
  /** For each job that is not over. */
  readonly draws: readonly JobDraw[];
  /** Undefined for a worker that is not registered. */
  readonly fees: Fees | undefined;
  /** The beacon's values at the newest heights. */
  readonly seeds: readonly Seed[];
  readonly atHome: AtHome;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Heights without a live seed after which that is worth a word. */
const SEEDS = 5;

/** Reads from the chain how a worker, named by its owner, stands. */
export async function readStanding(
  chain: ChainReader,
  owner: string,
  atHome: AtHome,
  now: number,
): Promise<Standing> {
  const [record, params, seeds] = await Promise.all([
    found(chain.worker(owner)),
    chain.workerParams(),
    newestSeeds(chain),
  ]);
  if (!record) return { record, params, seeds, atHome, now, draws: [], fees: undefined };
  const { operator } = record.worker;
  const [draws, balance, allowance] = await Promise.all([
    everyPage((page) => chain.workerDraws({ ...page, worker: owner })),
    chain.balance(owner),
    found(chain.feeAllowance({ granter: owner, grantee: operator })),
  ]);
  return { record, params, seeds, atHome, now, draws, fees: { operator, balance, allowance } };
}

async function newestSeeds(chain: ChainReader): Promise<Seed[]> {
  const { height } = await chain.status();
  const heights = Array.from({ length: SEEDS }, (_, back) => height - back).filter((each) => each > 0);
  const seeds = await Promise.all(heights.map((each) => found(chain.seed(each))));
  return seeds.filter((seed) => seed !== undefined);
}
