import type BetterSqlite3 from 'better-sqlite3';
import { periods } from '../model/period.js';

/** Tables with one row or more for each block or move, which no reducer reads again and no sum is made of. */
const series = ['seeds', 'reputation_history', 'bond_history', 'failures'] as const;

/** Sums by minute; those by hour and day stay. */
const byMinute = ['market_periods', 'earning_periods', 'supply_periods'] as const;

/** Prepares what drops the blocks and series above a height and up to another one. Call it within a transaction. */
export const pruner = (raw: BetterSqlite3.Database): ((above: number, upTo: number) => void) => {
  const timeOf = raw
    .prepare<[number], number>('select time from blocks where height >= ? order by height limit 1')
    .pluck();
  const blocks = raw.prepare('delete from blocks where height > ? and height <= ? and named = 0');
  const rows = series.map((table) => raw.prepare(`delete from ${table} where height > ? and height <= ?`));
  const minutes = byMinute.map((table) =>
    raw.prepare(`delete from ${table} where size = 'minute' and start < ?`),
  );
  const stretchAt = (height: number): number => {
    const time = timeOf.get(height) ?? 0;
    return time - (time % STRETCH_MS);
  };
  return (above, upTo) => {
    const [before, start] = [stretchAt(above + 1), stretchAt(upTo + 1)];
    for (const statement of [blocks, ...rows]) statement.run(above, upTo);
    if (start > before) for (const statement of minutes) statement.run(start);
  };
};

/** Minutes are dropped so many at once: those of earnings are looked for in all of them. */
const STRETCH_MS = 10 * periods.minute;
