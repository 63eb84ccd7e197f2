import BetterSqlite3 from 'better-sqlite3';
import { toSnakeCase } from 'drizzle-orm/casing';
import { keyColumns, type TableName } from '../model/tables.js';

/** A row that two indexes do not have alike. Values are as SQLite has them. */
export interface Difference {
  readonly table: TableName;
  /** What names the row. */
  readonly key: readonly unknown[];
  /** Undefined where the index has no such row. */
  readonly indexed: Readonly<Record<string, unknown>> | undefined;
  /** Undefined where the rebuilt index has no such row. */
  readonly rebuilt: Readonly<Record<string, unknown>> | undefined;
}

type Row = Readonly<Record<string, unknown>>;

/** Rows of a table that differ between two files, at most so many of each side. */
export const compareTable = (
  indexed: string,
  rebuilt: string,
  table: TableName,
  limit: number,
): readonly Difference[] => {
  const raw = new BetterSqlite3(indexed, { readonly: true, fileMustExist: true });
  try {
    raw.prepare('attach ? as rebuilt').run(rebuilt);
    const name = toSnakeCase(table);
    const columns = keyColumns[table].map(toSnakeCase);
    const only = (one: string, other: string) =>
      raw
        .prepare(`select * from ${one}.${name} except select * from ${other}.${name} limit ?`)
        .all(limit) as Row[];
    const found = new Map<string, { indexed?: Row; rebuilt?: Row; key: readonly unknown[] }>();
    for (const [side, rows] of [
      ['indexed', only('main', 'rebuilt')],
      ['rebuilt', only('rebuilt', 'main')],
    ] as const) {
      for (const row of rows) {
        const key = columns.map((column) => row[column]);
        const label = JSON.stringify(key);
        found.set(label, { ...(found.get(label) ?? { key }), [side]: row });
      }
    }
    return [...found.values()].map(({ key, indexed, rebuilt }) => ({ table, key, indexed, rebuilt }));
  } finally {
    raw.close();
  }
};
