import type BetterSqlite3 from 'better-sqlite3';
import { fromSortable, toSortable } from '../schema/columns.js';
import { inTimeText } from './deadline.js';

/** Active workers that ask for the same price. */
export interface AskLevel {
  readonly ask: bigint;
  readonly workers: number;
  readonly lots: number;
  readonly load: number;
  /** Gas a block of all of them. */
  readonly rate: bigint;
}

/** What open jobs of the same highest price wait for, as far as a batch of theirs may be drawn. */
export interface DemandLevel {
  readonly maxPrice: bigint;
  readonly jobs: number;
  readonly batches: number;
  /** At most: a job's last batch may be shorter. */
  readonly units: number;
  /** At most: units that end early need less. */
  readonly gas: bigint;
}

/** What a batch needs of its worker. */
export interface Needs {
  readonly moduleId?: string;
  readonly gasLimit: bigint;
  readonly memoryLimit: bigint;
  readonly features: readonly string[];
  readonly maxPrice: bigint;
  /** Free bond that its lease locks. */
  readonly bond: bigint;
}

/** A worker that may be drawn, the part of its row that a scheduler weighs. */
export interface Candidate {
  readonly owner: string;
  readonly ask: bigint;
  readonly rate: bigint;
  readonly reputation: number;
  readonly load: number;
  readonly lots: number;
  /** What leases can still lock of its bond. */
  readonly free: bigint;
}

export interface MarketReader {
  /** The lowest asks of active workers, so many levels. */
  askLevels(limit: number): readonly AskLevel[];
  /** The highest prices of open jobs that wait, so many levels. */
  demandLevels(limit: number): readonly DemandLevel[];
  /** Active workers that fit, the cheapest ones first, at most so many. */
  candidates(needs: Needs, limit: number): readonly Candidate[];
}

/** Rates are summed up in two parts, since they and their sums may pass what SQLite's integers hold. */
const LOW_RATE = 10n ** 9n;

/** Leases lock at most this part of a bond, in basis points. */
const LEASABLE_BPS = 9_000n;

/** Jobs of which a batch may still be drawn: the rest of a cancelled one is not, though it stays open until its leases end. */
const waiting = `state = 'Open' and cancelled = 0 and (next_batch < batches or queued_batches > 0)`;

/** Prepares what the market asks for. */
export const marketReader = (raw: BetterSqlite3.Database): MarketReader => {
  const asks = raw.prepare<
    [number],
    Record<'ask', string> & Record<'workers' | 'lots' | 'load' | 'rate_high' | 'rate_low', number>
  >(
    `select ask, count(*) as workers, sum(lots) as lots, sum(load) as load,
       sum(cast(substr(rate, 3, max(length(rate) - 11, 0)) as integer)) as rate_high,
       sum(cast(substr(substr(rate, 3), -9) as integer)) as rate_low
     from workers indexed by workers_by_status_ask where status = 'Active' and ${inTimeText} group by ask order by ask limit ?`,
  );
  const demand = raw.prepare<
    [number],
    Record<'max_price' | 'gas_limit', string> & Record<'jobs' | 'batches' | 'units', number>
  >(
    `select max_price, gas_limit, count(*) as jobs, sum(batches - next_batch + queued_batches) as batches,
       sum(max(units - next_batch * batch_size, 0) + min(queued_batches * batch_size, units)) as units
     from jobs indexed by jobs_by_state_price
     where ${waiting} and ${inTimeText} and max_price in
       (select distinct max_price from jobs where ${waiting} order by max_price desc limit ?)
     group by max_price, gas_limit order by max_price desc`,
  );
  const fitting = raw.prepare<
    Record<string, string | number>,
    Record<'owner' | 'ask' | 'rate' | 'bond' | 'locked', string> &
      Record<'reputation' | 'load' | 'lots', number>
  >(
    `select owner, ask, rate, reputation, load, lots, bond, locked
     from workers indexed by workers_by_status_ask
     where status = 'Active' and lots > 0 and ask <= @maxPrice and memory >= @memory
       and (max_gas_limit = @zero or max_gas_limit >= @gasLimit)
       and (modules = '[]' or instr(modules, @module) > 0)
       and not exists (select 1 from json_each(@features) as needed
         where not exists (select 1 from json_each(workers.features) as has where has.value = needed.value))
       and ${inTimeText}
     order by ask limit @limit`,
  );
  return {
    askLevels: (limit) =>
      asks.all(limit).map(({ ask, rate_high, rate_low, ...level }) => ({
        ...level,
        ask: fromSortable(ask),
        rate: BigInt(rate_high) * LOW_RATE + BigInt(rate_low),
      })),
    demandLevels: (limit) => {
      const levels = new Map<bigint, DemandLevel>();
      for (const row of demand.all(limit)) {
        const maxPrice = fromSortable(row.max_price);
        const before = levels.get(maxPrice);
        levels.set(maxPrice, {
          maxPrice,
          jobs: (before?.jobs ?? 0) + row.jobs,
          batches: (before?.batches ?? 0) + row.batches,
          units: (before?.units ?? 0) + row.units,
          gas: (before?.gas ?? 0n) + BigInt(row.units) * fromSortable(row.gas_limit),
        });
      }
      return [...levels.values()];
    },
    candidates: (needs, limit) =>
      fitting
        .all({
          maxPrice: toSortable(needs.maxPrice),
          memory: toSortable(needs.memoryLimit),
          gasLimit: toSortable(needs.gasLimit),
          zero: toSortable(0n),
          module: `"${needs.moduleId ?? ' '}"`,
          features: JSON.stringify(needs.features),
          limit,
        })
        .map(({ ask, rate, bond, locked, ...row }) => ({
          ...row,
          ask: fromSortable(ask),
          rate: fromSortable(rate),
          free: leasable(fromSortable(bond)) - fromSortable(locked),
        }))
        .filter(({ free }) => free >= needs.bond),
  };
};

const leasable = (bond: bigint): bigint => (bond * LEASABLE_BPS) / 10_000n;
