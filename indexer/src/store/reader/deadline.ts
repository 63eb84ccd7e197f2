import type BetterSqlite3 from 'better-sqlite3';
import { type SQL, sql } from 'drizzle-orm';
import { QueryTimeError } from '../../errors.js';

/** Statements stop themselves: SQLite calls this function once for every 1,024 rows that it looks at. */
const NAME = 'dmcn_in_time';

/** The condition that makes a statement stop at the deadline. */
export const inTimeText = `((rowid & 1023) <> 0 or ${NAME}())`;

export const inTime: SQL = sql.raw(inTimeText);

/** Lets statements with that condition run, until a deadline in the terms of `performance.now()` if one is set. */
export const withDeadline = (raw: BetterSqlite3.Database): ((at: number | undefined) => void) => {
  let deadline = Number.POSITIVE_INFINITY;
  raw.function(NAME, { deterministic: false, directOnly: true }, () => {
    if (performance.now() > deadline) throw new QueryTimeError();
    return 1;
  });
  return (at) => {
    deadline = at ?? Number.POSITIVE_INFINITY;
  };
};
