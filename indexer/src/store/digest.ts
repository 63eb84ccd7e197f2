import { createHash } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import { toSnakeCase } from 'drizzle-orm/casing';
import { keyColumns, type TableName, tableNames } from '../model/tables.js';

/** SHA-256 over all rows of a table in the order of their keys, hex. The same rows give the same digest. */
export const digestOf = (raw: BetterSqlite3.Database, table: TableName): string => {
  const order = keyColumns[table].map(toSnakeCase).join(', ');
  const rows = raw
    .prepare(`select * from ${toSnakeCase(table)} order by ${order}`)
    .raw()
    .iterate();
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest('hex');
};

export type Digests = Readonly<Record<TableName, string>>;

/** Digests of all tables. The checkpoint, which also tells how far the chain was, is left out. */
export const digestsOf = (raw: BetterSqlite3.Database): Digests =>
  Object.fromEntries(tableNames.map((table) => [table, digestOf(raw, table)])) as Record<TableName, string>;
