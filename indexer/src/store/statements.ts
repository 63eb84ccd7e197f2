import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Connection that speaks the schema's names. */
export type Database = BetterSQLite3Database;

/** A value that comes with the execution, encoded as the column wants it. */
export const bound = (column: SQLiteColumn, name: string): SQL =>
  sql`${sql.param(sql.placeholder(name), column)}`;

/** `column = value`, the value under that name. */
export const equals = (column: SQLiteColumn, name: string): SQL => eq(column, bound(column, name));

const isKey = (columns: readonly string[]) => (table: SQLiteTable) => {
  const all: Record<string, SQLiteColumn> = getTableColumns(table);
  return and(...columns.flatMap((name) => (all[name] === undefined ? [] : [equals(all[name], name)])));
};

/** Prepares the read of one row by its key. */
export const prepareGet = (db: Database, table: SQLiteTable, key: readonly string[]) =>
  db.select().from(table).where(isKey(key)(table)).limit(1).prepare();

/** Prepares the write of one row: a new one, or new content of the one with its key. */
export const preparePut = (db: Database, table: SQLiteTable, key: readonly string[]) => {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table);
  const names = Object.keys(columns);
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  const rest = names.filter((name) => !key.includes(name));
  const target = key.flatMap((name) => columns[name] ?? []);
  const set = Object.fromEntries(rest.map((name) => [name, sql.raw(`excluded.${toSnakeCase(name)}`)]));
  return db.insert(table).values(values).onConflictDoUpdate({ target, set }).prepare();
};

/** Prepares the removal of one row by its key. */
export const prepareRemove = (db: Database, table: SQLiteTable, key: readonly string[]) =>
  db.delete(table).where(isKey(key)(table)).prepare();
